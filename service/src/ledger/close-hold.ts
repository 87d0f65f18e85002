/** Closes a hold: what was used is spent, the rest goes back. */
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import { newId } from '../keys/uuid.ts'
import { callOne } from './call.ts'
import { checkCredits, requireDone } from './outcome.ts'

export interface Closing {
  readonly holdId: string
  /** What it really took: at most what was reserved; 0 gives everything back. */
  readonly actual: number
  readonly at: Date
}

/** What became of the credits of a hold. */
export interface Closed {
  readonly settled: number
  readonly released: number
}

/**
 * Closes a hold, once: a second close changes nothing, whatever it says, and has the result of the first.
 *
 * @throws Error when there is no such hold, or it is smaller than `actual`
 */
export async function closeHold(trx: Db, { holdId, actual, at }: Closing): Promise<Closed> {
  return close(trx, holdId, actual, at, false)
}

/** Gives an expired hold back; the statement says that it expired. */
export async function expireHold(trx: Db, { holdId, at }: Omit<Closing, 'actual'>): Promise<Closed> {
  return close(trx, holdId, 0, at, true)
}

async function close(trx: Db, holdId: string, actual: number, at: Date, isExpired: boolean): Promise<Closed> {
  checkCredits(actual, 0)
  const { outcome, settled, released } = await callOne<Closed & { outcome: string }>(
    trx,
    ['outcome', 'settled', 'released'],
    sql`ledger_close_hold(${newId()}, ${holdId}, ${actual}, ${isExpired}, ${at})`,
  )
  requireDone(outcome, `Closing the hold ${holdId} with ${actual} credits`)
  return { settled, released }
}
