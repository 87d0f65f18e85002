/** Headers that every answer has. */
import { randomUUID } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import type { ServiceEnv } from './env.ts'

/** An identifier of the request: the client's own when it is harmless, else a new one. */
export const requestId = createMiddleware<ServiceEnv>(async (c, next) => {
  const given = c.req.header('x-request-id')
  const id = given !== undefined && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
  c.set('requestId', id)
  await next()
  c.res.headers.set('X-Request-Id', id)
})

/** A process that stops ends each connection with its next answer, so that no client sends a request into one that is being closed. */
export const endWhenDraining = createMiddleware<ServiceEnv>(async (c, next) => {
  await next()
  if (c.get('service').drain.isDraining()) c.res.headers.set('Connection', 'close')
})

/** Hardly anything that we send is a page (`pages/page.ts`): no type is guessed, nothing may frame it, nothing may load. */
export const safeHeaders = createMiddleware<ServiceEnv>(async (c, next) => {
  await next()
  const { headers } = c.res
  headers.set('X-Content-Type-Options', 'nosniff')
  if (!headers.has('Referrer-Policy')) headers.set('Referrer-Policy', 'no-referrer')
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  headers.set('Strict-Transport-Security', 'max-age=31536000')
  if (!headers.has('Content-Security-Policy')) {
    headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
  }
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
})
