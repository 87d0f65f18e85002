/** What is done for generations in the background. */
import type { Provider } from '../providers/provider.ts'
import type { JobHandlers } from '../queue/queue.ts'
import type { Service } from '../service.ts'
import { giveUpGeneration } from './give-up.ts'
import { performGeneration } from './perform.ts'

/** Jobs of generations. */
export function generationJobs(service: Service, providers: readonly Provider[]): JobHandlers {
  return {
    generation: (job) => performGeneration(service, providers, job),
    'generation-lost': ({ data }) => giveUpGeneration(service, data.generationId),
  }
}
