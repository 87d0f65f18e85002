/** Changes of state: each is one transaction with its event, the end of its hold and its line in the history, and happens only from a state that is not final. */
import type { GenerationEventType, GenerationFailure, GenerationState } from '@hero-image/client/contract'
import { sql, type UpdateObject } from 'kysely'
import type { Db } from '../database/open.ts'
import type { Tables } from '../database/tables.ts'
import { toWireId } from '../keys/uuid.ts'
import { closeHold } from '../ledger/ledger.ts'
import { recordHistory } from '../projects/history.ts'
import { type GenerationRow, unfinished } from './rows.ts'

/** A step on the way. */
export interface Step {
  readonly id: string
  readonly type: GenerationEventType
  readonly at: Date
  readonly set: UpdateObject<Tables, 'generation'>
  /** Only when this attempt is still the one that counts. */
  readonly attempt?: number
}

/**
 * Takes a step, and tells it as an event.
 *
 * @returns the row as it is now, or undefined when the generation has ended or another attempt has begun
 */
export async function step(trx: Db, { id, type, at, set, attempt }: Step): Promise<GenerationRow | undefined> {
  const row = await trx
    .updateTable('generation')
    .set({ ...set, event_count: sql`event_count + 1` })
    .where('id', '=', id)
    .where('state', 'in', unfinished)
    .$if(attempt !== undefined, (query) => query.where('attempt', '=', attempt ?? 0))
    .returningAll()
    .executeTakeFirst()
  if (row !== undefined) await recordEvent(trx, row, type, at)
  return row
}

/** Writes an event down; its number is the count that the row has by then. */
export async function recordEvent(
  trx: Db,
  { id, event_count, state, failure_code }: GenerationRow,
  type: GenerationEventType,
  at: Date,
): Promise<void> {
  await trx
    .insertInto('generation_event')
    .values({ generation_id: id, seq: event_count, type, state, failure_code, created_at: at })
    .execute()
}

/** How a generation ends. */
export type Ending = (
  | { readonly state: 'succeeded'; readonly outputId: string }
  | { readonly state: 'failed' | 'refused'; readonly failure: GenerationFailure }
  | { readonly state: 'canceled' }
) & {
  readonly id: string
  readonly at: Date
  /** What the provider takes from us in any case. */
  readonly costMicros?: number
  readonly attempt?: number
}

/**
 * Ends a generation, once: a success spends what was reserved, everything else gives it back.
 *
 * @returns undefined when it had ended before, or another attempt has begun
 */
export async function endGeneration(trx: Db, ending: Ending): Promise<GenerationRow | undefined> {
  const { id, at, state, costMicros = 0, attempt } = ending
  const isSuccess = state === 'succeeded'
  const row = await step(trx, {
    id,
    type: state,
    at,
    ...(attempt === undefined ? {} : { attempt }),
    set: {
      state,
      finished_at: at,
      spent: isSuccess ? sql`price` : 0,
      provider_cost_micros: sql`provider_cost_micros + ${costMicros}`,
      ...(isSuccess ? { output_id: ending.outputId } : {}),
      ...('failure' in ending ? { failure_code: ending.failure } : {}),
    },
  })
  if (row === undefined) return undefined
  if (row.hold_id !== null) await closeHold(trx, { holdId: row.hold_id, actual: isSuccess ? row.price : 0, at })
  await tellProject(trx, row, at)
  return row
}

async function tellProject(trx: Db, { id, project_id, operation, state }: GenerationRow, at: Date): Promise<void> {
  const type = historyTypes[state]
  if (project_id === null || type === undefined) return
  await recordHistory(trx, project_id, type, { generation_id: toWireId('generation', id), operation }, at)
}

const historyTypes = {
  queued: undefined,
  running: undefined,
  succeeded: 'generation.succeeded',
  failed: 'generation.failed',
  refused: 'generation.refused',
  canceled: 'generation.canceled',
} as const satisfies Record<GenerationState, string | undefined>
