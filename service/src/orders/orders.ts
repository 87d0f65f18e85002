/** Orders: routes and jobs. */
import type { Routes } from '../http/env.ts'
import { createRoutes } from '../http/routes.ts'
import type { JobHandlers } from '../queue/queue.ts'
import type { Service } from '../service.ts'
import { fakeRoutes } from './fake-routes.ts'
import { orderRoutes } from './order-routes.ts'
import { reconcileOrders } from './reconcile.ts'
import { webhookRoutes } from './webhook-routes.ts'

/** What orders answer to. */
export function ordersRoutes(service: Service): Routes {
  const routes = createRoutes()
  for (const part of [orderRoutes(service), webhookRoutes(service), fakeRoutes(service)]) routes.route('/', part)
  return routes
}

/** What is done by the clock. */
export function ordersJobs(service: Service): JobHandlers {
  return {
    async 'reconcile-orders'({ signal }) {
      const { payments, log } = service
      if (payments === undefined) return
      const counts = await reconcileOrders(service, payments, signal)
      if (counts.changed > 0 || counts.failed > 0) log.warn(counts, 'orders were reconciled')
    },
  }
}
