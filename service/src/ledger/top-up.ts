/** Brings credits into a wallet: bought ones and given ones, which the books keep apart. */
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import { newId } from '../keys/uuid.ts'
import { callOne } from './call.ts'
import { checkCredits, requireDone } from './outcome.ts'

export interface TopUp {
  readonly walletId: string
  readonly credits: number
  readonly kind: 'topup' | 'grant'
  /** What happens under a key happens once. */
  readonly key: string
  readonly orderId?: string
  readonly at: Date
}

/**
 * Tops a wallet up. What the wallet owes is paid first; when nothing is owed any more, it thaws. What comes into a closed wallet is booked, and expires at once.
 *
 * @returns the transfer; `isReplay` when it was there already
 * @throws Error when the key was used for another wallet, amount, kind or order
 */
export async function topUp(
  trx: Db,
  { walletId, credits, kind, key, orderId, at }: TopUp,
): Promise<{ readonly transferId: string; readonly isReplay: boolean }> {
  checkCredits(credits, 1)
  const { outcome, transfer_id } = await callOne<{ outcome: string; transfer_id: string }>(
    trx,
    ['outcome', 'transfer_id'],
    sql`ledger_topup(${newId()}, ${walletId}, ${credits}, ${kind}, ${key}, ${orderId ?? null}, ${at})`,
  )
  requireDone(outcome, `Topping up under ${key}`)
  return { transferId: transfer_id, isReplay: outcome === 'replayed' }
}
