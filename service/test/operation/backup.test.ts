/** O4: a dump of the database, restored elsewhere, is a service that goes on. The commands are those of docs/operation.md. */
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import type { Db } from '../../src/database/open.ts'
import { newId } from '../../src/keys/uuid.ts'
import { auditLedger } from '../../src/ledger/audit.ts'
import { closeHold, openWallet, reserve, topUp } from '../../src/ledger/ledger.ts'
import { findPostgres } from '../harness/cluster.ts'
import { createEmptyDatabase, createTestDatabase } from '../harness/database.ts'
import { createTestService } from '../harness/service.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

/** Rows of every table of ours. */
async function countRows(db: Db): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1
  `.execute(db)
  const counts: Record<string, number> = {}
  for (const { name } of rows) {
    const result = await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(db)
    counts[name] = result.rows[0]?.count ?? -1
  }
  return counts
}

test('O4 a backup is restored into another database: the books balance, tokens and projects work', async () => {
  const database = await createTestDatabase()
  const hero = await createTestService({ database })
  cleanups.push(hero.close)
  const person = await hero.createPerson()
  await person.post('/v1/projects', { name: 'Dunes' })
  const at = hero.clock.now()
  await database.db.transaction().execute(async (trx) => {
    const walletId = await openWallet(trx, person.userId)
    await topUp(trx, { walletId, credits: 100, kind: 'topup', key: 'order 1', at })
    const { holdId } = await reserve(trx, {
      walletId,
      credits: 30,
      key: 'first',
      expiresAt: new Date(at.getTime() + 60_000),
      at,
    })
    await closeHold(trx, { holdId, actual: 20, at })
    await reserve(trx, { walletId, credits: 5, key: newId(), expiresAt: new Date(at.getTime() + 60_000), at })
  })

  const folder = await mkdtemp(join(tmpdir(), 'hero-backup-'))
  cleanups.push(() => rm(folder, { recursive: true }))
  const restored = await createEmptyDatabase()
  const bin = findPostgres() ?? ''
  const dump = join(folder, 'hero.dump')
  execFileSync(join(bin, 'pg_dump'), ['--format=custom', `--file=${dump}`, database.url])
  execFileSync(join(bin, 'pg_restore'), ['--no-owner', `--dbname=${restored.url}`, dump])

  expect(await countRows(restored.db)).toEqual(await countRows(database.db))
  expect(await auditLedger(restored.db)).toEqual([])
  const again = await createTestService({ database: restored })
  cleanups.push(again.close)
  const headers = { authorization: `Bearer ${person.token}` }
  const projects = await again.request('/v1/projects', { headers })
  expect(await projects.json()).toMatchObject({ data: [{ name: 'Dunes' }] })
  const credits = await again.request('/v1/credits', { headers })
  expect(await credits.json()).toMatchObject({ available: 75, held: 5 })
})
