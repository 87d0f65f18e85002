/** GET /metrics: for this machine, or for whoever has the token. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createRoute } from '@hono/zod-openapi'
import { answers, binary } from '../http/answers.ts'
import type { Routes } from '../http/env.ts'
import { guard } from '../http/guard.ts'
import { notFound } from '../http/problem.ts'
import { createRoutes } from '../http/routes.ts'
import type { Metrics } from './metrics.ts'

const readMetrics = createRoute({
  method: 'get',
  path: '/metrics',
  operationId: 'getMetrics',
  tags: ['operation'],
  summary: 'Figures for Prometheus.',
  ...guard('public'),
  responses: answers({ 200: binary('text/plain', 'In the text format of Prometheus.') }),
})

/**
 * Routes for Prometheus. Strangers do not learn that there is something.
 *
 * @param token bearer token that is asked for; without one only loopback addresses are answered
 */
export function metricsRoutes(metrics: Metrics, token: string | undefined): Routes {
  return createRoutes().openapi(readMetrics, async (c) => {
    const given = c.req.header('authorization')?.replace(/^Bearer /i, '')
    const isWelcome =
      token === undefined
        ? isLoopback(c.get('address')) && !isForwarded(c.req.raw.headers)
        : given !== undefined && isEqual(given, token)
    if (!isWelcome) throw notFound()
    return c.body(await metrics.read(), 200, { 'Content-Type': metrics.contentType })
  })
}

/** A proxy on this machine has the address of this machine, whoever it speaks for, and the settings may not know of it. */
function isForwarded(headers: Headers): boolean {
  return ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'].some((name) => headers.has(name))
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}

function isEqual(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(a), hash(b))
}
