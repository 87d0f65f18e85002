/** Erasures that are cut off, at every table, and on the embedded database. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openPglite } from '../src/database/open.ts'
import { runErasures } from '../src/privacy/erasure/run.ts'
import { exportedTables } from '../src/privacy/export/rows.ts'
import { printCounts } from '../test/harness/counts.ts'
import { createTestService, testUrl } from '../test/harness/service.ts'
import { signIn } from '../test/harness/sessions.ts'
import { countRows } from '../test/privacy/count-rows.ts'
import { fillEmptyTables } from '../test/privacy/fill-empty-tables.ts'
import { makeFresh, runJob, seedPerson, seedSettings } from '../test/privacy/seed.ts'

const dayMs = 86_400_000

test('V2 an erasure that fails anywhere has done nothing, and the next run does it', async () => {
  const hero = await createTestService({ settings: seedSettings })
  const { db } = hero.service
  const cora = await seedPerson(hero, 'cora.crash@example.org', '198.51.100.30')
  await fillEmptyTables(hero, cora.userId)
  await hero.request('/v1/me', {
    method: 'DELETE',
    headers: { cookie: cora.browser.cookieHeader(), origin: testUrl },
  })
  hero.clock.advance(7 * dayMs)
  const before = await countRows(hero, cora.userId)
  await sql
    .raw(`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'cut off'; end $$`)
    .execute(db)
  const places: { readonly name: string; readonly event: string }[] = exportedTables.flatMap(({ name, rule }) => {
    const { action } = rule.erasure
    // The books are only added to.
    return action === 'keep' ? [] : [{ name, event: action === 'delete' ? 'delete' : 'update' }]
  })
  places.push({ name: 'erasure', event: 'update' }, { name: 'storage_removal', event: 'insert' })
  for (const { name, event } of places) {
    await sql
      .raw(`create trigger cut after ${event} on "${name}" for each statement execute function refuse()`)
      .execute(db)
    await expect(runErasures(hero.service)).rejects.toThrow('cut off')
    await sql.raw(`drop trigger cut on "${name}"`).execute(db)
    expect([name, await countRows(hero, cora.userId)]).toEqual([name, before])
  }
  await runErasures(hero.service)
  const { rows: left } = await sql`select 1 from "user" where id = ${cora.userId}`.execute(db)
  expect(left).toHaveLength(0)
  printCounts('V2 cut off', { places: places.length })
  await hero.close()
})

test('V1 V2 V4 export, erasure and retention on the embedded database', async () => {
  const hero = await createTestService({ settings: seedSettings, database: await openPglite() })
  const ada = await seedPerson(hero, 'ada.embedded@example.org', '203.0.113.77')
  await fillEmptyTables(hero, ada.userId)
  const browser = await signIn(hero, ada)
  const before = await countRows(hero, ada.userId)
  expect(Object.values(before)).not.toContain(0)
  expect((await browser.post('/v1/me/export', {})).status).toBe(202)
  const { id } = await hero.service.db
    .selectFrom('data_export')
    .select('id')
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  await runJob(hero, 'data-export', { dataExportId: id })
  const packed = await hero.service.db.selectFrom('data_export').select('state').where('id', '=', id).executeTakeFirst()
  expect(packed?.state).toBe('ready')
  await makeFresh(hero, ada.userId)
  expect((await browser.request('/v1/me', { method: 'DELETE' })).status).toBe(202)
  hero.clock.advance(7 * dayMs)
  await runJob(hero, 'retention', {})
  await runJob(hero, 'erasures', {})
  await runJob(hero, 'remove-stored', {})
  expect(Object.values(await countRows(hero, ada.userId)).every((count) => count === 0)).toBe(true)
  const objects: string[] = []
  for await (const key of hero.service.storage.list('')) objects.push(key)
  expect(objects.every((key) => key.startsWith('erasures/'))).toBe(true)
  printCounts('V2 embedded', { rows: Object.values(before).reduce((sum, count) => sum + count, 0), left: 0 })
  await hero.close()
})
