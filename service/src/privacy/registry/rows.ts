/** Finds the rows of a person in any table, along the ways of the registry. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { isPersonal, registry } from './registry.ts'
import type { TableName } from './rule.ts'

/**
 * A condition that holds for the rows of a table that lead to a person.
 *
 * @throws Error for tables that lead to nobody
 */
export function leadsTo(name: TableName, userId: string): RawBuilder<SqlBool> {
  const rule = registry[name]
  if (!isPersonal(rule)) throw new Error(`Rows of ${name} lead to nobody.`)
  const { way } = rule
  // Named with its table: inside of the other table's query it would otherwise be taken for a column of that one.
  const column = sql.ref(`${name}.${way.column}`)
  if ('holds' in way) return sql`${column} = ${userId}`
  if ('mentions' in way) return sql`strpos(${column}, ${userId}) > 0`
  return sql`${column} in (select id from ${sql.table(way.to)} where ${leadsTo(way.to, userId)})`
}
