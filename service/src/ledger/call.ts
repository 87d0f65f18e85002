/** Calls a function of the ledger: one statement, one round trip. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../database/open.ts'
import { runPrepared } from '../database/prepared.ts'

/**
 * The one row that such a function answers with.
 *
 * @param columns of the row
 */
export async function callOne<Row>(
  trx: Db,
  columns: readonly (keyof Row & string)[],
  call: RawBuilder<unknown>,
): Promise<Row> {
  const query = sql<Row>`select ${sql.join(columns.map((column) => sql.ref(column)))} from ${call}`
  const [row] = await runPrepared(trx, query.compile(trx))
  if (row === undefined) throw new Error('A function of the ledger did not answer.')
  return row
}
