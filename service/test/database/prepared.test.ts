/** Prepared statements live as long as their connections: longer than a schema, when a process of the version before is still there while the next one migrates. */
import { CompiledQuery, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runPrepared } from '../../src/database/prepared.ts'
import { createPhoto, giveCredits, putPicture, start } from '../generations/studio.ts'
import { createTestDatabase } from '../harness/database.ts'
import { createTestService, type TestService } from '../harness/service.ts'

let hero: TestService
beforeAll(async () => {
  // One connection has to do everything, and so has prepared everything.
  hero = await createTestService({
    settings: {
      HERO_RUNNING_GENERATIONS: '100',
      // Nothing does the jobs here.
      HERO_COMPATIBLE_URL: 'http://127.0.0.1:9/v1',
      HERO_COMPATIBLE_MODEL: 'none',
    },
    database: await createTestDatabase(1),
  })
})
afterAll(() => hero.close())

const prepared = async (): Promise<readonly { name: string; statement: string; generic_plans: number }[]> =>
  (
    await sql<{ name: string; statement: string; generic_plans: number }>`
      select name, statement, generic_plans from pg_prepared_statements where name like 'hero_%'
    `.execute(hero.service.db)
  ).rows

test('a migration that adds columns disturbs no connection that has prepared its statements before', async () => {
  const person = await hero.createPerson()
  await giveCredits(hero.service, person.userId, 1000)
  const upload_id = await putPicture(hero.service, person.userId, await createPhoto())
  const post = () => start(person, { operation: 'extend', provider: 'compatible', upload_id, ratio: '1:1' })
  // More often than a statement is planned anew.
  for (let index = 0; index < 8; index += 1) await post()
  const before = await prepared()
  expect(before.filter(({ generic_plans }) => generic_plans > 0).length).toBeGreaterThan(5)
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
  `.execute(hero.service.db)
  for (const { name } of rows) await sql`alter table ${sql.table(name)} add column later text`.execute(hero.service.db)
  await post()
  expect(await prepared()).toHaveLength(before.length)
})

test('a prepared statement that fails is none the worse for it', async () => {
  const query = CompiledQuery.raw('select 1 / $1::int as one', [0])
  await expect(runPrepared(hero.service.db, query)).rejects.toThrow('division by zero')
  expect(await runPrepared(hero.service.db, { ...query, parameters: [1] })).toEqual([{ one: 1 }])
})

test('however many statements there are, a connection keeps a bounded number of them', async () => {
  for (let index = 0; index < 100; index += 1) {
    const rows = await runPrepared<{ one: number }>(
      hero.service.db,
      CompiledQuery.raw(`select $1::int + ${index} as one`, [1]),
    )
    expect(rows).toEqual([{ one: index + 1 }])
  }
  expect((await prepared()).length).toBeLessThanOrEqual(64)
})
