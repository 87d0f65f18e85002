/** Jobs of privacy. */
import type { JobHandlers } from '../queue/queue.ts'
import type { Service } from '../service.ts'
import { runErasures } from './erasure/run.ts'
import { packExport } from './export/data-exports.ts'
import { retain } from './retention/retain.ts'

/** Packs exports, erases who is due, deletes what was kept long enough. */
export function privacyJobs(service: Service): JobHandlers {
  return {
    'data-export': (job) => packExport(service, job),
    erasures: async () => void (await runErasures(service)),
    retention: async () => void (await retain(service)),
  }
}
