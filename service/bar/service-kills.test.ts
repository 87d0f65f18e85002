/** O1: the whole service killed at random 30 times under load; it starts again each time, nothing is lost, doubled or left open, and the books balance. */
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../src/keys/uuid.ts'
import { auditLedger } from '../src/ledger/audit.ts'
import type { FakeProvider } from '../test/generations/providers/fake-server.ts'
import { startOpenAiFake } from '../test/generations/providers/openai-fake.ts'
import { giveCredits } from '../test/generations/studio.ts'
import { printCounts } from '../test/harness/counts.ts'
import { createTestDatabase, type TestDatabase } from '../test/harness/database.ts'
import { type ServiceProcess, startRunning } from '../test/harness/process.ts'
import { createTestService, type Person, type TestService } from '../test/harness/service.ts'
import { toWorkerSettings } from './generations/worker-settings.ts'

const kills = 30
const clients = 4
const credits = 10_000

let database: TestDatabase
let hero: TestService
let fake: FakeProvider
let people: readonly Person[]

beforeAll(async () => {
  fake = await startOpenAiFake('compatible')
  database = await createTestDatabase()
  // Only makes people and looks at the rows; what is killed are processes of their own.
  hero = await createTestService({ database, settings: { ...fake.settings } })
  people = await Promise.all(Array.from({ length: clients }, () => hero.createPerson()))
  for (const { userId } of people) await giveCredits(hero.service, userId, credits)
})
afterAll(async () => {
  await hero.close()
  await fake.close()
})

test('O1 the service is killed 30 times under load: it starts clean, every wish is one generation, the books balance', async () => {
  const settings = {
    ...toWorkerSettings(hero.service, database, fake.settings),
    HERO_ROLES: 'api,worker',
    HERO_RUNNING_GENERATIONS: '1000',
  }
  let service: ServiceProcess = await startRunning(settings)
  let isOver = false
  let wishes = 0
  let cutOff = 0
  /** Sends a wish until it is answered: what a client does that does not know whether it was heard. */
  const client = async ({ token }: Person): Promise<void> => {
    while (!isOver) {
      const key = newId()
      wishes += 1
      for (let isAnswered = false; !isAnswered; ) {
        try {
          const response = await fetch(`${service.url}/v1/generations`, {
            method: 'POST',
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
            body: JSON.stringify({ operation: 'generate', provider: 'compatible', prompt: 'dunes', ratio: '1:1' }),
            signal: AbortSignal.timeout(20_000),
          })
          await response.arrayBuffer()
          expect(response.status).toBe(202)
          isAnswered = true
        } catch (error) {
          if (error instanceof Error && error.name === 'AssertionError') throw error
          cutOff += 1
          await wait(50)
        }
      }
      await wait(100)
    }
  }
  const load = Promise.all(people.map(client))
  for (let kill = 0; kill < kills; kill += 1) {
    await wait(200 + Math.random() * 1200)
    await service.end('SIGKILL')
    service = await startRunning(settings)
  }
  isOver = true
  await load
  await expect.poll(unfinished, { timeout: 300_000, interval: 500 }).toBe(0)
  const rows = await hero.service.db.selectFrom('generation').select(['state', 'price', 'spent']).execute()
  const spent = rows.reduce((sum, row) => sum + (row.spent ?? 0), 0)
  const wallets = await hero.service.db.selectFrom('wallet').select(['available', 'held']).execute()
  const succeeded = rows.filter(({ state }) => state === 'succeeded').length
  printCounts('O1', { kills, wishes, 'cut off': cutOff, generations: rows.length, succeeded, spent })
  expect(rows).toHaveLength(wishes)
  expect(
    rows.every(({ state, spent: paid, price }) =>
      state === 'succeeded' ? paid === price : paid === 0 || paid === null,
    ),
  ).toBe(true)
  expect(wallets.reduce((sum, wallet) => sum + wallet.held, 0)).toBe(0)
  expect(wallets.reduce((sum, wallet) => sum + wallet.available, 0)).toBe(clients * credits - spent)
  expect(await auditLedger(hero.service.db)).toEqual([])
  expect(await service.end('SIGTERM')).toBe(0)
})

async function unfinished(): Promise<number> {
  const rows = await hero.service.db
    .selectFrom('generation')
    .select('id')
    .where('state', 'in', ['queued', 'running'])
    .execute()
  return rows.length
}
