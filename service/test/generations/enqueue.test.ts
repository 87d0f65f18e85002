/** A generation and its job come together or not at all, on both databases. */

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openPglite } from '../../src/database/open.ts'
import { createGeneration } from '../../src/generations/create.ts'
import { createProviders } from '../../src/providers/providers.ts'
import { printCounts } from '../harness/counts.ts'
import { createTestDatabase } from '../harness/database.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'
import type { FakeProvider } from './providers/fake-server.ts'
import { startOpenAiFake } from './providers/openai-fake.ts'
import { balanceOf, giveCredits, start } from './studio.ts'

const wish = { operation: 'generate', provider: 'compatible', prompt: 'a quiet sea', ratio: '3:2' } as const

describe.each([
  ['PostgreSQL', createTestDatabase],
  ['PGlite', () => openPglite()],
] satisfies [string, () => Promise<Database>][])('%s', (kind, open) => {
  let hero: TestService
  let person: Person
  let fake: FakeProvider
  beforeAll(async () => {
    fake = await startOpenAiFake('compatible')
    hero = await createTestService({ database: await open(), settings: { ...fake.settings } })
    person = await hero.createPerson()
    await giveCredits(hero.service, person.userId, 100)
  })
  afterAll(async () => {
    await hero.close()
    await fake.close()
  })

  async function count(): Promise<{ rows: number; jobs: number; events: number; holds: number }> {
    const { rows } = await sql<{ rows: number; jobs: number; events: number; holds: number }>`select
      (select count(*)::int from generation) as rows,
      (select count(*)::int from queue.job where name = 'generation') as jobs,
      (select count(*)::int from generation_event) as events,
      (select count(*)::int from hold) as holds`.execute(hero.service.db)
    return rows[0] ?? { rows: -1, jobs: -1, events: -1, holds: -1 }
  }

  test('J3 rolled back after it was put down there is no job; committed there is exactly one', async () => {
    const { service } = hero
    const asking = { userId: person.userId, providers: createProviders(service.settings), limits: { pixels: 1e7 } }
    for (let round = 0; round < 5; round += 1) {
      const undone = service.db.transaction().execute(async (trx) => {
        await createGeneration(trx, service, wish, asking)
        throw new Error('undone')
      })
      await expect(undone).rejects.toThrow('undone')
    }
    expect(await count()).toEqual({ rows: 0, jobs: 0, events: 0, holds: 0 })
    expect(await balanceOf(person)).toEqual({ available: 100, held: 0 })
    await start(person, wish)
    expect(await count()).toEqual({ rows: 1, jobs: 1, events: 1, holds: 1 })
    printCounts(`J3 ${kind}`, { 'rolled back': 5, 'jobs of those': 0, committed: 1, 'jobs of that': 1 })
  })
})
