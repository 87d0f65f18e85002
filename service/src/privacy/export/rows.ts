/** Rows of a person as lines of JSON: the columns that the registry gives away, in the form in which the database has them. */
import { sql } from 'kysely'
import type { Db } from '../../database/open.ts'
import { type AnyPersonalRule, isPersonal, registry, tableNames } from '../registry/registry.ts'
import { leadsTo } from '../registry/rows.ts'
import type { TableName } from '../registry/rule.ts'

/** Tables with rows of people, and what is exported of them. */
export const exportedTables: readonly { readonly name: TableName; readonly rule: AnyPersonalRule }[] =
  tableNames.flatMap((name) => {
    const rule = registry[name]
    return isPersonal(rule) ? [{ name, rule }] : []
  })

/** All rows of a table that lead to a person. */
export async function readRows(
  db: Db,
  name: TableName,
  rule: AnyPersonalRule,
  userId: string,
): Promise<Record<string, unknown>[]> {
  const columns = exportedColumns(rule).map((column) => sql.ref(column))
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join(columns)} from ${sql.table(name)} where ${leadsTo(name, userId)} order by 1, 2
  `.execute(db)
  return rows
}

/** Names of the columns of a table that people get. */
export function exportedColumns(rule: AnyPersonalRule): string[] {
  return Object.entries(rule.columns).flatMap(([column, use]) => (use === 'exported' ? [column] : []))
}

/** A row as a line. */
export function toLine(row: Readonly<Record<string, unknown>>): string {
  const plain = Object.entries(row).map(([column, value]) => [
    column,
    Buffer.isBuffer(value) ? value.toString('hex') : value,
  ])
  return `${JSON.stringify(Object.fromEntries(plain))}\n`
}
