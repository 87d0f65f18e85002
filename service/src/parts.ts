/** The parts of the service: their routes and their jobs, one line each. */

import { accountRoutes } from './accounts/routes.ts'
import { analyticsJobs } from './analytics/rollup.ts'
import { analyticsRoutes } from './analytics/routes.ts'
import { authRoutes } from './auth/routes.ts'
import { approvalRoutes } from './device/approval-routes.ts'
import { oauthRoutes } from './device/oauth-routes.ts'
import { exportJobs, exportRoutes } from './exports/routes.ts'
import { avatarRoutes } from './files/avatar-routes.ts'
import { fileJobs } from './files/remove-stored.ts'
import { uploadRoutes } from './files/upload-routes.ts'
import { generationPart } from './generations/part.ts'
import { stillNeededHolds } from './generations/still-needed.ts'
import type { Routes } from './http/env.ts'
import { ledgerJobs } from './ledger/jobs.ts'
import { creditRoutes } from './ledger/routes.ts'
import { mailJobs } from './mail/outbox.ts'
import { healthRoutes } from './operation/health.ts'
import { metricsRoutes } from './operation/metrics-routes.ts'
import { ordersJobs, ordersRoutes } from './orders/orders.ts'
import { pageRoutes } from './pages/routes.ts'
import { erasureRoutes } from './privacy/erasure/routes.ts'
import { dataExportRoutes } from './privacy/export/routes.ts'
import { privacyJobs } from './privacy/jobs.ts'
import { projectRoutes } from './projects/routes.ts'
import type { JobHandlers } from './queue/queue.ts'
import type { Service } from './service.ts'
import { supportRoutes } from './support/routes.ts'

/** A part: what it answers to and what it does in the background. */
export interface Part {
  readonly routes?: Routes
  readonly jobs?: JobHandlers
}

/** All parts. */
export function createParts(service: Service): readonly Part[] {
  return [
    // One line each.
    { routes: projectRoutes(service) },
    { routes: exportRoutes(service), jobs: exportJobs(service) },
    { routes: authRoutes(service) },
    { routes: pageRoutes() },
    { routes: accountRoutes(service) },
    { routes: oauthRoutes(service) },
    { routes: approvalRoutes() },
    { jobs: mailJobs(service) },
    { routes: supportRoutes(service) },
    { routes: dataExportRoutes(service), jobs: privacyJobs(service) },
    { routes: erasureRoutes(service) },
    { routes: analyticsRoutes(service), jobs: analyticsJobs(service) },
    {
      routes: creditRoutes(service),
      jobs: ledgerJobs(service, (holdIds) => stillNeededHolds(service.db, holdIds, service.clock.now())),
    },
    generationPart(service),
    { routes: ordersRoutes(service), jobs: ordersJobs(service) },
    { routes: uploadRoutes(service), jobs: fileJobs(service) },
    { routes: avatarRoutes(service) },
    ...operationParts(service),
  ]
}

/** What every process answers to, whatever it does. */
export function operationParts(service: Service): readonly Part[] {
  const { settings, metrics, drain } = service
  return [{ routes: healthRoutes(service, drain) }, { routes: metricsRoutes(metrics, settings.HERO_METRICS_TOKEN) }]
}

/** Routes of all parts. */
export function routesOf(parts: readonly Part[]): Routes[] {
  return parts.flatMap(({ routes }) => (routes === undefined ? [] : [routes]))
}

/** Handlers of all parts; no two parts do the same job. */
export function jobsOf(parts: readonly Part[]): JobHandlers {
  return Object.assign({}, ...parts.map(({ jobs }) => jobs ?? {}))
}
