/** The queue under kill -9: every picture is made, every hold closed once, and a job that kills whoever does it is given up. */
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fromWireId } from '../src/keys/uuid.ts'
import {
  type Answer,
  drawPicture,
  type FakeServer,
  startFakeServer,
} from '../test/generations/providers/fake-server.ts'
import { readFields } from '../test/generations/providers/openai-fake.ts'
import { balanceOf, createPhoto, giveCredits, putPicture, start } from '../test/generations/studio.ts'
import { printCounts } from '../test/harness/counts.ts'
import { createTestDatabase, type TestDatabase } from '../test/harness/database.ts'
import { type ServiceProcess, startRunning } from '../test/harness/process.ts'
import { createTestService, type Person, type TestService } from '../test/harness/service.ts'
import { toWorkerSettings } from './generations/worker-settings.ts'

/** Always the same disorder; another number, another one. */
const seed = Number(process.env.HERO_TEST_SEED ?? 20_261_128)

let database: TestDatabase
let hero: TestService
let person: Person
let fake: FakeServer
let upload_id: string
let random: () => number
let faults = 0
let errorShare = 0
/** What happens when a picture of this name is asked for. */
let onPoison: (() => void) | undefined

beforeAll(async () => {
  random = createRandom(seed)
  fake = await startFakeServer(async (asked): Promise<Answer> => {
    const fields = await readFields(asked)
    if (String(fields.get('prompt')).startsWith('poison')) {
      onPoison?.()
      return 'hang'
    }
    await wait(150 + random() * 350)
    if (random() < errorShare) {
      faults += 1
      return { status: 500, json: { error: { message: 'something broke' } } }
    }
    return {
      status: 200,
      json: { created: 1, data: [{ b64_json: (await drawPicture(64, 64)).toString('base64') }] },
    }
  })
  database = await createTestDatabase()
  hero = await createTestService({ database, settings: { ...providerSettings(), HERO_RUNNING_GENERATIONS: '1000' } })
  person = await hero.createPerson()
  await giveCredits(hero.service, person.userId, 10_000)
  upload_id = await putPicture(hero.service, person.userId, await createPhoto())
})
afterAll(async () => {
  await hero.close()
  await fake.close()
})

function providerSettings(): Record<string, string> {
  return { HERO_COMPATIBLE_URL: `${fake.url}/v1`, HERO_COMPATIBLE_MODEL: 'test-model' }
}

function startWorker(): Promise<ServiceProcess> {
  return startRunning(toWorkerSettings(hero.service, database, providerSettings()))
}

async function order(prompt: string): Promise<string> {
  const wish = { operation: 'extend', provider: 'compatible', upload_id, ratio: '1:1', prompt }
  return fromWireId('generation', (await start(person, wish)).id) ?? ''
}

interface Counts {
  readonly unfinished: number
  readonly succeeded: number
}

async function count(): Promise<Counts> {
  const { rows } = await sql<Counts>`select
    count(*) filter (where state in ('queued', 'running'))::int as unfinished,
    count(*) filter (where state = 'succeeded')::int as succeeded
    from generation`.execute(hero.service.db)
  return rows[0] ?? { unfinished: -1, succeeded: -1 }
}

/** Holds by what became of them, and transfers that close one. */
async function countHolds(): Promise<{ settled: number; released: number; held: number; closings: number }> {
  const { rows } = await sql<{ settled: number; released: number; held: number; closings: number }>`select
    count(*) filter (where state = 'settled')::int as settled,
    count(*) filter (where state = 'released')::int as released,
    count(*) filter (where state = 'held')::int as held,
    (select count(*)::int from transfer where kind in ('settle', 'release', 'expire')) as closings
    from hold`.execute(hero.service.db)
  return rows[0] ?? { settled: -1, released: -1, held: -1, closings: -1 }
}

test('J1 200 jobs, workers killed every 1.5–4.5 s, 10 % errors of the provider: all done once, every hold settled once', async () => {
  errorShare = 0.1
  const workers = new Map<number, ServiceProcess>()
  let isOver = false
  let kills = 0
  const keepWorking = async (slot: number): Promise<void> => {
    while (!isOver) {
      const worker = await startWorker()
      workers.set(slot, worker)
      while (!isOver && workers.get(slot) === worker) await wait(50)
      await worker.end(isOver ? 'SIGTERM' : 'SIGKILL')
    }
  }
  const slots = [0, 1, 2]
  const working = slots.map(keepWorking)
  const killing = (async () => {
    while (!isOver) {
      await wait(1500 + random() * 3000)
      const victims = [...workers.keys()]
      const victim = victims[Math.floor(random() * victims.length)]
      // On a busy machine a new one takes its time; somebody has to work at all.
      if (victim === undefined || victims.length < slots.length || isOver) continue
      workers.delete(victim)
      kills += 1
    }
  })()
  for (let index = 0; index < 200; index += 1) {
    await order(`picture ${index}`)
    await wait(250)
  }
  while ((await count()).unfinished > 0) await wait(250)
  isOver = true
  await killing
  await Promise.all(working)
  const { succeeded } = await count()
  const holds = await countHolds()
  const calls = fake.asked.length
  const abandoned = fake.abandoned()
  // A worker can die between the provider's answer and the moment when it is kept: that call is cut off like the abandoned ones, but only the worker knew.
  const cutOffUnseen = Math.max(0, calls - 200 - faults - abandoned)
  printCounts('J1', { seed, jobs: 200, kills, calls, faults, abandoned, cutOffUnseen, succeeded, ...holds })
  expect(succeeded).toBe(200)
  expect(holds).toEqual({ settled: 200, released: 0, held: 0, closings: 200 })
  expect(await balanceOf(person)).toEqual({ available: 10_000 - 200 * 5, held: 0 })
  expect(cutOffUnseen).toBeLessThanOrEqual(kills)
  expect(kills).toBeGreaterThan(5)
  const { rows } = await sql<{ files: number }>`
    select count(distinct output_id)::int as files from generation`.execute(hero.service.db)
  expect(rows[0]?.files).toBe(200)
})

test('J5 a dead worker is missed within a minute; a job that kills its worker is given up, others are not', async () => {
  errorShare = 0
  let worker = await startWorker()
  let deaths = 0
  const missedAfter: number[] = []
  let replaced: Promise<void> = Promise.resolve()
  onPoison = () => {
    deaths += 1
    const dead = worker
    replaced = replaced.then(async () => {
      await dead.end('SIGKILL')
      const diedAt = Date.now()
      worker = await startWorker()
      while (await isActive(poison)) await wait(100)
      missedAfter.push(Date.now() - diedAt)
    })
  }
  const { available } = await balanceOf(person)
  const poison = await order('poison')
  // Pauses between attempts grow otherwise; what counts here is how soon a death is noticed.
  await sql`update queue.job set retry_backoff = false where id = ${poison}`.execute(hero.service.db)
  const others: string[] = []
  for (let index = 0; index < 20; index += 1) others.push(await order(`beside it ${index}`))
  while ((await count()).unfinished > 0) await wait(250)
  await replaced
  await worker.end('SIGTERM')
  const rows = await hero.service.db
    .selectFrom('generation')
    .select(['id', 'state', 'failure_code', 'attempt'])
    .where('id', 'in', [poison, ...others])
    .execute()
  const poisoned = rows.find(({ id }) => id === poison)
  const made = rows.filter(({ id, state }) => id !== poison && state === 'succeeded').length
  const longest = Math.round(Math.max(...missedAfter) / 1000)
  printCounts('J5', { deaths, attempts: poisoned?.attempt ?? 0, 'missed after at most s': longest, others: made })
  expect(poisoned).toMatchObject({ state: 'failed', failure_code: 'interrupted', attempt: 9 })
  expect(made).toBe(20)
  expect(await balanceOf(person)).toEqual({ available: available - 20 * 5, held: 0 })
  expect(longest).toBeLessThanOrEqual(60)
})

/** True while the queue believes that somebody does the job. */
async function isActive(id: string): Promise<boolean> {
  const { rows } = await sql<{ state: string }>`select state::text from queue.job where id = ${id}`.execute(
    hero.service.db,
  )
  return rows[0]?.state === 'active'
}

/** A small generator with a seed (mulberry32). */
function createRandom(from: number): () => number {
  let state = from >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
