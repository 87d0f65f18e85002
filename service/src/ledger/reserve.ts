/** Sets credits apart for something that is being done. */
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import { ProblemError } from '../http/problem.ts'
import { newId } from '../keys/uuid.ts'
import { callOne } from './call.ts'
import { checkCredits, requireDone } from './outcome.ts'

export interface Reservation {
  readonly walletId: string
  readonly credits: number
  /** What happens under a key happens once. */
  readonly key: string
  /** From then on the hold is given back, unless it is still needed. */
  readonly expiresAt: Date
  readonly at: Date
  /** Most credits that the wallet may spend in a day (UTC); 0: any number. */
  readonly perDay?: number
  /** What the credits are for, shown in the statement. */
  readonly generationId?: string
}

/**
 * Reserves credits, guarded in the write itself: however many ask at once, nobody gets what is not there.
 *
 * @returns the hold, which `closeHold` closes; the same one when it is asked for again
 * @throws ProblemError insufficient-credits, wallet-frozen, limit-reached; nothing has happened then, and the transaction is still good
 * @throws Error when the key was used for another wallet or amount
 */
export async function reserve(
  trx: Db,
  { walletId, credits, key, expiresAt, at, perDay = 0, generationId }: Reservation,
): Promise<{ readonly holdId: string }> {
  checkCredits(credits, 1)
  const { outcome, hold_id, balance } = await callOne<{ outcome: string; hold_id: string; balance: number }>(
    trx,
    ['outcome', 'hold_id', 'balance'],
    sql`ledger_reserve(
      ${newId()}, ${walletId}, ${credits}, ${key}, ${expiresAt}, ${at}, ${perDay}, ${generationId ?? null}
    )`,
  )
  if (outcome === 'insufficient') {
    throw new ProblemError('insufficient-credits', {
      detail: `This needs ${credits} credits; ${balance} are available.`,
      balance,
      required: credits,
    })
  }
  if (outcome === 'frozen') {
    throw new ProblemError('wallet-frozen', { detail: 'A payment was reversed after its credits had been spent.' })
  }
  if (outcome === 'over-budget') {
    throw new ProblemError('limit-reached', {
      detail: `No more than ${perDay} credits may be spent in a day.`,
      headers: { 'Retry-After': String(secondsUntilTomorrow(at)) },
    })
  }
  requireDone(outcome, `Reserving under ${key}`)
  return { holdId: hold_id }
}

function secondsUntilTomorrow(at: Date): number {
  const tomorrow = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 1)
  return Math.ceil((tomorrow - at.getTime()) / 1000)
}
