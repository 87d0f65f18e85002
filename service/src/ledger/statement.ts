/** The statement of a wallet: every transfer with what it changed, newest first. */

import type { Transfer } from '@hero-image/client/contract'
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import type { LedgerAccount } from '../database/tables/ledger.ts'
import { toWireId } from '../keys/uuid.ts'

/** A line, and its number in the wallet. */
export interface StatementLine {
  /**
   * Lines are ordered by the number that the wallet gave them, not by identifier: identifiers are made before the wallet is locked, so their order is not that of
   * the balances.
   */
  readonly id: string
  readonly transfer: Transfer
}

/**
 * Reads lines of a statement.
 *
 * @param before number of the line that the page before ended with
 */
export async function readStatement(
  db: Db,
  walletId: string,
  { limit, before }: { readonly limit: number; readonly before?: string | undefined },
): Promise<readonly StatementLine[]> {
  let query = db
    .selectFrom('transfer')
    .selectAll()
    .select([changeOf('available').as('available'), changeOf('held').as('held'), changeOf('owed').as('owed')])
    .where('wallet_id', '=', walletId)
    .orderBy('version', 'desc')
    .limit(limit)
  if (before !== undefined) query = query.where('version', '<', Number(before))
  const rows = await query.execute()
  return rows.map((row) => ({
    id: String(row.version),
    transfer: {
      id: toWireId('transfer', row.id),
      kind: row.kind,
      // A debt is below zero in the books; people are told how much they owe.
      change: { available: row.available, held: row.held, owed: row.owed === 0 ? 0 : -row.owed },
      balance: { available: row.available_after, held: row.held_after, owed: row.owed_after },
      order_id: row.order_id === null ? null : toWireId('order', row.order_id),
      generation_id: row.generation_id === null ? null : toWireId('generation', row.generation_id),
      created_at: row.created_at.toISOString(),
    },
  }))
}

function changeOf(account: LedgerAccount) {
  return sql<number>`coalesce(
    (select amount from entry where entry.transfer_id = transfer.id and entry.account = ${account}), 0
  )`
}
