/** Takes credits back whose payment the provider has given back: a refund or a dispute that it started. */
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import { newId } from '../keys/uuid.ts'
import { callOne } from './call.ts'
import { checkCredits, requireDone } from './outcome.ts'

export interface Reversal {
  readonly walletId: string
  readonly orderId: string
  readonly credits: number
  /** What happens under a key happens once. */
  readonly key: string
  readonly at: Date
}

/**
 * Reverses what an order brought, at most what is left of it: refunded and disputed, it is taken back once. The balance never falls below zero; what is spent
 * already is owed, and freezes the wallet until it is paid.
 *
 * @returns credits reversed, and how many of them the wallet could not give; 0 when nothing of the order is left, and then nothing is written
 * @throws Error when the key was used for another wallet, order or amount
 */
export async function reverse(
  trx: Db,
  { walletId, orderId, credits, key, at }: Reversal,
): Promise<{ readonly reversed: number; readonly owed: number }> {
  checkCredits(credits, 1)
  const { outcome, reversed, owed } = await callOne<{ outcome: string; reversed: number; owed: number }>(
    trx,
    ['outcome', 'reversed', 'owed'],
    sql`ledger_reverse(${newId()}, ${walletId}, ${orderId}, ${credits}, ${key}, ${at})`,
  )
  if (outcome !== 'nothing-left') requireDone(outcome, `Reversing under ${key}`)
  return { reversed, owed }
}
