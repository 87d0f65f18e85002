/** Wallets: one per person, made when first needed. */
import type { Selectable } from 'kysely'
import type { Db } from '../database/open.ts'
import type { WalletTable } from '../database/tables/ledger.ts'
import { newId } from '../keys/uuid.ts'

/** What somebody has. */
export interface Wallet {
  /** Undefined where none was opened yet; whoever spends or buys opens it. */
  readonly id: string | undefined
  /** Credits that can be spent. */
  readonly available: number
  /** Credits set apart for what is being done. */
  readonly held: number
  /** Credits that were reversed after they had been spent; whatever comes in pays these first. */
  readonly owed: number
  /** Nothing can be spent. */
  readonly frozen: boolean
}

/**
 * The wallet of a person, opened if there is none.
 *
 * @returns its identifier, the same each time
 */
export async function openWallet(trx: Db, userId: string): Promise<string> {
  const find = trx.selectFrom('wallet').select('id').where('user_id', '=', userId)
  const found = await find.executeTakeFirst()
  if (found !== undefined) return found.id
  const opened = await trx
    .insertInto('wallet')
    .values({ id: newId(), user_id: userId })
    // Two at once: the second waits here for the first, and then finds its wallet.
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return (opened ?? (await find.executeTakeFirstOrThrow())).id
}

/** What a person has. Opens no wallet: where there is none, there is nothing in it. */
export async function walletOf(db: Db, userId: string): Promise<Wallet> {
  const row = await db.selectFrom('wallet').selectAll().where('user_id', '=', userId).executeTakeFirst()
  return row === undefined ? { id: undefined, available: 0, held: 0, owed: 0, frozen: false } : toWallet(row)
}

function toWallet({ id, available, held, owed, frozen }: Selectable<WalletTable>): Wallet {
  return { id, available, held, owed, frozen }
}
