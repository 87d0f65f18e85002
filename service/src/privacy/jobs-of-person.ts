/** Jobs that were put down for a person: they carry identifiers of rows, and errors that they met may carry more. */
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import { leadsTo } from './registry/rows.ts'
import type { TableName } from './registry/rule.ts'

/** Where the identifiers in payloads lead. */
const payloads: readonly { readonly field: string; readonly table: TableName }[] = [
  { field: 'generationId', table: 'generation' },
  { field: 'exportId', table: 'export' },
  { field: 'dataExportId', table: 'data_export' },
  { field: 'mailId', table: 'mail_outbox' },
]

/** Deletes them, whatever state they are in; one that is being done finds its row gone. Call it while the rows are still there. */
export async function forgetJobs(trx: Db, userId: string): Promise<number> {
  let count = 0
  for (const { field, table } of payloads) {
    const { numAffectedRows = 0n } = await sql`
      delete from queue.job
      where data ->> ${field} in (select id::text from ${sql.table(table)} where ${leadsTo(table, userId)})
    `.execute(trx)
    count += Number(numAffectedRows)
  }
  return count
}
