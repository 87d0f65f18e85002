/** What becomes of a generation when something went wrong: it ends with its credits given back, or is tried again. */
import type { GenerationFailure } from '@hero-image/client/contract'
import { ProblemError } from '../http/problem.ts'
import { faults, ProviderFault } from '../providers/fault.ts'
import { costMicrosFor } from '../providers/price.ts'
import type { Capability } from '../providers/provider.ts'
import type { Service } from '../service.ts'
import { endGeneration, step } from './change.ts'
import { type GenerationRow, readPlan } from './rows.ts'
import { Interrupted, NotPossible, Overtaken, SourceMissing } from './stops.ts'

/** What went wrong, and with what. */
export interface Trouble {
  readonly row: GenerationRow
  readonly capability: Capability | undefined
  readonly error: unknown
  /** The job is not tried again. */
  readonly isLast: boolean
  /** The work was stopped from outside. */
  readonly isUnwanted: boolean
}

/**
 * Settles it.
 *
 * @throws the error when the job is to be tried again
 */
export async function settleFault(service: Service, trouble: Trouble): Promise<void> {
  const { row, capability, error, isLast, isUnwanted } = trouble
  if (error instanceof Overtaken) return
  // What the provider has said holds, whether or not this process goes on: nobody could learn it a second time.
  if (isUnwanted && !(error instanceof ProviderFault)) throw error
  const { log, db, clock } = service
  const verdict = judge(error, isLast)
  if (verdict === 'again') {
    const isNotDone = error instanceof ProviderFault && faults[error.kind].again
    await db.transaction().execute((trx) =>
      step(trx, {
        id: row.id,
        type: 'retrying',
        at: clock.now(),
        attempt: row.attempt,
        // What the provider said it has not done may be submitted anew.
        set: { state: 'queued', ...(isNotDone ? { submitting_at: null } : {}) },
      }),
    )
    throw error
  }
  if (verdict === 'interrupted' && !(error instanceof Interrupted)) {
    log.error({ err: error, generation: row.id }, 'a generation failed by a fault of ours')
  } else {
    log.info({ generation: row.id, provider: row.provider, failure: verdict }, 'a generation came to nothing')
  }
  const state = verdict === 'content-refused' ? 'refused' : 'failed'
  const costMicros = isBilled(error, capability) && capability ? costMicrosFor(capability, readPlan(row).drawn.size) : 0
  await db
    .transaction()
    .execute((trx) =>
      endGeneration(trx, { id: row.id, state, failure: verdict, at: clock.now(), attempt: row.attempt, costMicros }),
    )
}

function judge(error: unknown, isLast: boolean): GenerationFailure | 'again' {
  if (error instanceof ProviderFault) {
    const { failure, again } = faults[error.kind]
    return again && !isLast ? 'again' : failure
  }
  if (error instanceof SourceMissing) return 'source-missing'
  if (error instanceof NotPossible) return 'not-possible'
  if (error instanceof Interrupted) return 'interrupted'
  // Only what the provider sent is decoded without being ours.
  if (error instanceof ProblemError && error.code === 'undecodable-image') return 'bad-result'
  return isLast ? 'interrupted' : 'again'
}

/** Whether a picture was drawn that nobody gets. */
function isBilled(error: unknown, capability: Capability | undefined): boolean {
  if (error instanceof ProviderFault) {
    return error.kind === 'garbage' || (error.kind === 'refused' && capability?.billedOnRefusal === true)
  }
  return error instanceof ProblemError
}
