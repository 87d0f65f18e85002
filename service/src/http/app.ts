/** The HTTP face of the service: what every request passes through, then the routes of all parts. */

import type { OpenAPIHono } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import { limitRequests } from '../limits/request-limit.ts'
import type { Service } from '../service.ts'
import type { AddressOf } from './address.ts'
import { documentRoutes } from './document.ts'
import type { Routes, ServiceEnv } from './env.ts'
import { toErasedProblem } from './erased.ts'
import { toKnownProblem } from './framework-problem.ts'
import { endWhenDraining, requestId, safeHeaders } from './headers.ts'
import { createMethodsAt } from './methods.ts'
import { ProblemError, toProblem } from './problem.ts'
import { createRoutes } from './routes.ts'
import { soundInput } from './sound-input.ts'

/** What the app is made of. */
export interface AppParts {
  readonly service: Service
  readonly addressOf: AddressOf
  /** Routes of the parts of the service; order does not matter, paths are their own. */
  readonly routes: readonly Routes[]
}

/** Puts the app together; it takes requests and gives answers, without listening anywhere. */
export function createApp({ service, addressOf, routes }: AppParts): OpenAPIHono<ServiceEnv> {
  const app = createRoutes()
  app.use(requestId, safeHeaders, service.metrics.middleware)
  app.use(async (c, next) => {
    c.set('service', service)
    c.set('address', addressOf(c))
    await next()
  })
  app.use(endWhenDraining, limitRequests(service))
  app.use('/v1/*', soundInput)
  for (const part of routes) app.route('/', part)
  documentRoutes(app)
  const methodsAt = createMethodsAt(app)
  app.notFound((c) => {
    const id = c.get('requestId')
    const methods = methodsAt(c.req.path)
    if (methods.length === 0) {
      return answer(id, new ProblemError('not-found', { detail: 'There is nothing at this address.' }))
    }
    const headers = { Allow: methods.join(', ') }
    if (c.req.method === 'OPTIONS') return c.body(null, 204, headers)
    return answer(id, new ProblemError('method-not-allowed', { headers }))
  })
  app.onError(async (error, c) => {
    const id = c.get('requestId')
    if (error instanceof ProblemError) return answer(id, error)
    if (error instanceof HTTPException) return answer(id, toKnownProblem(error))
    const erased = await toErasedProblem(c, error)
    if (erased !== undefined) return answer(id, erased)
    service.log.error({ err: error, requestId: id, method: c.req.method, path: c.req.routePath }, 'a request failed')
    return answer(id, new ProblemError('internal'))
  })
  return app
}

function answer(id: string, error: ProblemError): Response {
  const body = toProblem(error, id)
  return Response.json(body, {
    status: body.status,
    headers: { ...error.details.headers, 'Content-Type': 'application/problem+json' },
  })
}
