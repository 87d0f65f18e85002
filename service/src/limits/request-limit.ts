/** Requests per minute of one sender. Runs before anything is looked up: whoever sends too much costs nothing more. */
import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { ServiceEnv } from '../http/env.ts'
import type { Service } from '../service.ts'
import { toHeaders, tooMany } from './bucket.ts'
import { createBurstLimit } from './burst.ts'
import { toSender, toSubscriber } from './subject.ts'

/** Probes come every few seconds from one address, and must not be told that they are too many. */
const unlimited: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics'])

/** A subscriber with many IPv6 networks has as much as this many senders. */
const networksOfOne = 10

/** Limits requests, and says in every answer what is left. */
export function limitRequests({ settings, clock }: Pick<Service, 'settings' | 'clock'>): MiddlewareHandler<ServiceEnv> {
  const take = createBurstLimit(clock, settings.HERO_REQUESTS_PER_MINUTE, 60_000)
  const takeTogether = createBurstLimit(clock, settings.HERO_REQUESTS_PER_MINUTE * networksOfOne, 60_000)
  return createMiddleware<ServiceEnv>(async (c, next) => {
    if (unlimited.has(c.req.path)) return next()
    const address = c.get('address')
    const subscriber = toSubscriber(address)
    // First: beyond it no further network is remembered, or one subscriber could take up the memory that all senders share.
    const together = subscriber === undefined ? undefined : takeTogether(subscriber)
    if (together?.allowed === false) throw tooMany(together)
    const allowance = take(toSender(address))
    if (!allowance.allowed) throw tooMany(allowance)
    await next()
    for (const [name, value] of Object.entries(toHeaders(allowance))) c.res.headers.set(name, value)
    return undefined
  })
}
