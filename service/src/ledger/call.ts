/** Calls a function of the ledger: one statement, one round trip. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../database/open.ts'

/** The one row that such a function answers with. */
export async function callOne<Row>(trx: Db, call: RawBuilder<unknown>): Promise<Row> {
  const { rows } = await sql<Row>`select * from ${call}`.execute(trx)
  const [row] = rows
  if (row === undefined) throw new Error('A function of the ledger did not answer.')
  return row
}
