/** Requests per minute of one sender. Runs before anything is looked up: whoever sends too much costs nothing more. */
import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { ServiceEnv } from '../http/env.ts'
import type { Service } from '../service.ts'
import { toHeaders, tooMany } from './bucket.ts'
import { createBurstLimit } from './burst.ts'
import { toSender } from './subject.ts'

/** Probes come every few seconds from one address, and must not be told that they are too many. */
const unlimited: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics'])

/** Limits requests, and says in every answer what is left. */
export function limitRequests({ settings, clock }: Pick<Service, 'settings' | 'clock'>): MiddlewareHandler<ServiceEnv> {
  const take = createBurstLimit(clock, settings.HERO_REQUESTS_PER_MINUTE, 60_000)
  return createMiddleware<ServiceEnv>(async (c, next) => {
    if (unlimited.has(c.req.path)) return next()
    const allowance = take(toSender(c.get('address')))
    if (!allowance.allowed) throw tooMany(allowance)
    await next()
    for (const [name, value] of Object.entries(toHeaders(allowance))) c.res.headers.set(name, value)
    return undefined
  })
}
