/** Everything about one's own account but what the privacy part and the avatar have. */
import type { Routes } from '../http/env.ts'
import { createRoutes } from '../http/routes.ts'
import type { Service } from '../service.ts'
import { meRoutes } from './me-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { tokenRoutes } from './token-routes.ts'

/** The routes. */
export function accountRoutes(service: Service): Routes {
  const routes = createRoutes()
  for (const part of [meRoutes(service), sessionRoutes(service), tokenRoutes(service)]) routes.route('/', part)
  return routes
}
