/** The registry against the database itself: whatever a migration adds has to be classified before anything of it can be stored. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foreignTables, isPersonal, registry, tableNames } from '../../src/privacy/registry/registry.ts'
import { leadsTo } from '../../src/privacy/registry/rows.ts'
import { printCounts } from '../harness/counts.ts'
import { createTestService, type TestService } from '../harness/service.ts'

let hero: TestService
beforeAll(async () => {
  hero = await createTestService()
})
afterAll(() => hero.close())

interface Column {
  readonly schema: string
  readonly table: string
  readonly column: string
}

async function readColumns(): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select table_schema as schema, table_name as table, column_name as column from information_schema.columns
    where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2, ordinal_position
  `.execute(hero.service.db)
  return rows
}

test('V1 every table and every column of the database is classified', async () => {
  const columns = await readColumns()
  const unclassified = columns.filter(({ schema, table, column }) => {
    if (Object.hasOwn(foreignTables, `${schema}.${table}`)) return false
    // The queue makes a table of counts per day.
    if (/^queue\.queue_stats_\d{8}$/.test(`${schema}.${table}`)) return false
    const rule = schema === 'public' ? Object.entries(registry).find(([name]) => name === table)?.[1] : undefined
    return rule === undefined || !Object.hasOwn(rule.columns, column)
  })
  expect(unclassified).toEqual([])
  printCounts('V1', { tables: tableNames.length, columns: columns.length, unclassified: unclassified.length })
})

test('nothing is classified that is not there', async () => {
  const columns = new Set((await readColumns()).map(({ table, column }) => `${table}.${column}`))
  const gone = tableNames.flatMap((name) =>
    Object.keys(registry[name].columns).flatMap((column) =>
      columns.has(`${name}.${column}`) ? [] : [`${name}.${column}`],
    ),
  )
  expect(gone).toEqual([])
})

test('a table stands after those that it refers to, so that erasure can go backwards', async () => {
  const { rows } = await sql<{ child: string; parent: string }>`
    select child.relname as child, parent.relname as parent from pg_constraint
      join pg_class child on child.oid = conrelid join pg_class parent on parent.oid = confrelid
      join pg_namespace on pg_namespace.oid = child.relnamespace
    where contype = 'f' and nspname = 'public'
  `.execute(hero.service.db)
  const order: string[] = [...tableNames]
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter(({ child, parent }) => order.indexOf(child) < order.indexOf(parent))).toEqual([])
})

test('what refers to a person is not called impersonal', async () => {
  const { rows } = await sql<{ child: string; parent: string }>`
    select child.relname as child, parent.relname as parent from pg_constraint
      join pg_class child on child.oid = conrelid join pg_class parent on parent.oid = confrelid
    where contype = 'f'
  `.execute(hero.service.db)
  const personal = new Set<string>(tableNames.filter((name) => isPersonal(registry[name])))
  const names = new Set<string>(tableNames)
  expect(rows.filter(({ child, parent }) => names.has(child) && personal.has(parent) && !personal.has(child))).toEqual(
    [],
  )
})

test('each way leads from a table to people', async () => {
  for (const name of tableNames) {
    if (!isPersonal(registry[name])) continue
    const { rows } = await sql`select 1 from ${sql.table(name)} where ${leadsTo(name, 'nobody')}`.execute(
      hero.service.db,
    )
    expect(rows).toEqual([])
  }
})
