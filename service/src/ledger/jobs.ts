/** What the ledger does by the clock. */
import type { JobHandlers } from '../queue/queue.ts'
import type { Service } from '../service.ts'
import { auditLedger } from './audit.ts'
import { type IsStillNeeded, sweepHolds } from './sweep.ts'

/**
 * Jobs of the ledger.
 *
 * @param isStillNeeded of those who hold credits
 */
export function ledgerJobs({ db, clock, log, metrics }: Service, isStillNeeded: IsStillNeeded): JobHandlers {
  return {
    async 'sweep-holds'() {
      const { expired, stillNeeded } = await sweepHolds(db, isStillNeeded, clock.now())
      if (expired > 0) log.info({ expired, stillNeeded }, 'expired holds were given back')
    },
    async 'audit-ledger'() {
      const faults = await auditLedger(db)
      metrics.ledgerFaults.set(faults.length)
      for (const fault of faults) log.error({ fault }, 'the ledger is at fault')
    },
  }
}
