/** Generations as a part of the service. */
import type { Part } from '../parts.ts'
import { createProviders } from '../providers/providers.ts'
import type { Service } from '../service.ts'
import { generationJobs } from './jobs.ts'
import { generationRoutes } from './routes.ts'

/** Their routes and jobs. */
export function generationPart(service: Service): Part {
  const providers = createProviders(service.settings)
  return { routes: generationRoutes(service, providers), jobs: generationJobs(service, providers) }
}
