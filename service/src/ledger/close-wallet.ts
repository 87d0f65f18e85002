/** Closes the wallet of somebody who leaves. */
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import { newId } from '../keys/uuid.ts'
import { callOne } from './call.ts'
import { requireDone } from './outcome.ts'

/**
 * Closes a wallet for good and forgets whose it was. What is available expires (purchases are not refundable), and so does what open holds give back later.
 * The books stay, and stay balanced. A second time it does nothing.
 */
export async function closeWallet(
  trx: Db,
  { walletId, at }: { readonly walletId: string; readonly at: Date },
): Promise<void> {
  const { outcome } = await callOne<{ outcome: string }>(
    trx,
    ['outcome'],
    sql`ledger_close(${newId()}, ${walletId}, ${at})`,
  )
  requireDone(outcome, `Closing the wallet ${walletId}`)
}
