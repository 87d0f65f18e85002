/** All routes below `/api/auth`, and what they have in common: small bodies of JSON, from our own pages. */
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import type { Routes, ServiceEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { createRoutes } from '../http/routes.ts'
import { soundInput } from '../http/sound-input.ts'
import type { Service } from '../service.ts'
import { requireOwnOrigin } from './own-origin.ts'
import { passwordRoutes } from './password-routes.ts'
import { socialRoutes } from './social-routes.ts'

const small = bodyLimit({
  maxSize: 16 * 1024,
  onError: () => {
    throw new ProblemError('payload-too-large')
  },
})

/** Another site must not sign anybody in either: whoever is in a stranger's account without knowing leaves things there. */
const fromOwnPages = createMiddleware<ServiceEnv>(async (c, next) => {
  requireOwnOrigin(c.get('service'), c.req.raw)
  return next()
})

/** The routes. */
export function authRoutes(service: Service): Routes {
  const routes = createRoutes()
  routes.use('/api/auth/*', fromOwnPages, small, soundInput)
  routes.route('/', passwordRoutes())
  routes.route('/', socialRoutes(service))
  return routes
}
