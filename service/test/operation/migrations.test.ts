/** The schema moves forward from every state it ever had, with data in it, or stays where it was. */
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { isMigrated, migrate, migrationsFolder } from '../../src/database/migrate.ts'
import type { Db } from '../../src/database/open.ts'
import { openPglite, openPostgres } from '../../src/database/open.ts'
import { createEmptyDatabase } from '../harness/database.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

/** A folder with the first migrations alone: a version of the service from before the others. */
async function folderOf(names: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hero-migrations-'))
  cleanups.push(() => rm(folder, { recursive: true }))
  for (const name of names) await cp(join(migrationsFolder, name), join(folder, name))
  return folder
}

/** Tables, columns, constraints, indexes, functions, triggers, as text. */
async function describeSchema(db: Db): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as line
      from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%'
    union all select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
      where connamespace = 'public'::regnamespace and conrelid::regclass::text not like 'kysely%'
    union all select indexdef from pg_indexes where schemaname = 'public' and tablename not like 'kysely%'
    union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
    union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    order by line
  `.execute(db)
  return rows.map(({ line }) => line)
}

test('O3 from every earlier schema, with data, to the present one', async () => {
  const names = (await readdir(migrationsFolder)).sort()
  const fresh = await createEmptyDatabase()
  cleanups.push(fresh.close)
  await migrate(fresh.db)
  const wanted = await describeSchema(fresh.db)
  for (let count = 1; count < names.length; count += 1) {
    const database = await createEmptyDatabase()
    cleanups.push(database.close)
    await migrate(database.db, await folderOf(names.slice(0, count)))
    await database.db
      .insertInto('user')
      .values({ id: 'someone', name: 'Ada', email: 'ada@example.org', emailVerified: true })
      .execute()
    expect(await migrate(database.db)).toHaveLength(names.length - count)
    expect(await describeSchema(database.db)).toEqual(wanted)
    expect(await database.db.selectFrom('user').select('name').execute()).toEqual([{ name: 'Ada' }])
  }
  process.stdout.write(`O3: ${names.length - 1} earlier schemas moved forward\n`)
})

test('O3 a migration that fails leaves everything as it was, and is named', async () => {
  const database = await createEmptyDatabase()
  cleanups.push(database.close)
  await migrate(database.db)
  const before = await describeSchema(database.db)
  const folder = await folderOf((await readdir(migrationsFolder)).sort())
  await writeFile(join(folder, '9998-fine.sql'), 'create table of_tomorrow (id uuid primary key);\n')
  await writeFile(join(folder, '9999-broken.sql'), 'alter table "user" drop column name;\nselect 1 / 0;\n')
  await expect(migrate(database.db, folder)).rejects.toThrow(/9999-broken/)
  expect(await describeSchema(database.db)).toEqual(before)
  expect(await isMigrated(database.db)).toBe(true)
})

test('O3 several processes that start at once migrate once', async () => {
  const database = await createEmptyDatabase()
  cleanups.push(database.close)
  const others = await Promise.all([1, 2, 3, 4].map(() => openPostgres(database.url, 2)))
  const ran = await Promise.all(others.map(({ db }) => migrate(db)))
  await Promise.all(others.map(({ close }) => close()))
  expect(ran.filter((names) => names.length > 0)).toHaveLength(1)
})

test('O3 the embedded database comes to the same schema', async () => {
  const names = (await readdir(migrationsFolder)).sort()
  const embedded = await openPglite()
  cleanups.push(embedded.close)
  expect(await migrate(embedded.db)).toEqual(names.map((name) => name.replace(/\.sql$/, '')))
})
