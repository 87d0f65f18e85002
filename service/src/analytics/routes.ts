/** Counts a page view. No cookie, nothing that recognises anybody tomorrow, and nothing at all of those who ask not to be counted. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { pageViewSchema } from '@hero-image/client/contract'
import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { answers, empty, jsonBody } from '../http/answers.ts'
import type { Routes, ServiceEnv } from '../http/env.ts'
import { guard } from '../http/guard.ts'
import { ProblemError } from '../http/problem.ts'
import { createRoutes } from '../http/routes.ts'
import { createBurstLimit } from '../limits/burst.ts'
import { toSender } from '../limits/subject.ts'
import type { Service } from '../service.ts'
import { toAgent } from './agent.ts'
import { type CountryOf, readCountryTable } from './country.ts'
import { toCountedPath, toReferrerHost } from './page.ts'
import { saltOf, toDay, toVisitor } from './visitor.ts'

/** Page views of one sender that are counted in a minute: more are no people. */
const mostPerMinute = 120

/** A path and a referrer are not longer. */
const largestBody = 4096

const { middleware, ...access } = guard('public')

const route = createRoute({
  method: 'post',
  path: '/v1/e',
  operationId: 'countPageView',
  tags: ['Analytics'],
  summary: 'Count a page view, without cookies',
  ...access,
  middleware: [
    middleware,
    bodyLimit({
      maxSize: largestBody,
      onError: () => {
        throw new ProblemError('payload-too-large')
      },
    }),
  ] as const,
  request: { body: jsonBody(pageViewSchema) },
  responses: answers({ 204: empty('Counted, or not to be counted: the answer does not tell.') }),
})

/**
 * Routes of analytics.
 *
 * @throws Error when the table of countries cannot be read
 */
export function analyticsRoutes(service: Service): Routes {
  const { settings } = service
  const countryOf = openCountries(settings.HERO_COUNTRY_TABLE)
  const take = createBurstLimit(service.clock, mostPerMinute, 60_000)
  return createRoutes().openapi(route, async (c) => {
    requireOwnPage(service, c.req.header('origin'))
    const { path, referrer } = c.req.valid('json')
    const isWanted = settings.HERO_ANALYTICS && !asksNotToBeCounted(c)
    if (isWanted && take(toSender(c.get('address'))).allowed) await count(service, c, countryOf, path, referrer)
    return c.body(null, 204)
  })
}

async function count(
  { db, clock, secret, publicUrl }: Service,
  c: Context<ServiceEnv>,
  countryOf: CountryOf,
  path: string,
  referrer: string | undefined,
): Promise<void> {
  const userAgent = c.req.header('user-agent')
  const agent = toAgent(userAgent)
  if (agent === undefined || userAgent === undefined) return
  const site = new URL(publicUrl).hostname
  const address = c.get('address')
  const day = toDay(clock.now())
  await db
    .insertInto('analytics_hit')
    .values({
      // Not one of ours that tell the time.
      id: randomUUID(),
      day,
      path: toCountedPath(path),
      referrer_host: toReferrerHost(referrer, site),
      ...agent,
      country: countryOf(address),
      visitor: toVisitor(secret, await saltOf(db, day), site, address, userAgent),
    })
    .execute()
}

/** Do Not Track and Global Privacy Control are wishes, and are granted. */
function asksNotToBeCounted(c: Context<ServiceEnv>): boolean {
  return c.req.header('dnt') === '1' || c.req.header('sec-gpc') === '1'
}

/** Pages of other sites are not ours to count. Whoever sends no origin is no browser; the agent tells. */
function requireOwnPage({ publicUrl, settings }: Service, origin: string | undefined): void {
  if (origin === undefined || origin === new URL(publicUrl).origin) return
  if (!settings.HERO_TRUSTED_ORIGINS.includes(origin)) throw new ProblemError('forbidden-origin')
}

function openCountries(path: string | undefined): CountryOf {
  return path === undefined ? () => '' : readCountryTable(readFileSync(path, 'utf8'))
}
