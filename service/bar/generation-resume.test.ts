/** Asynchronous providers and processes that die: a picture is ordered once, and found again by its number. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fromWireId } from '../src/keys/uuid.ts'
import { packageFolder } from '../src/package-folder.ts'
import {
  type Answer,
  drawPicture,
  type FakeServer,
  startFakeServer,
} from '../test/generations/providers/fake-server.ts'
import { balanceOf, createPhoto, giveCredits, putPicture, start } from '../test/generations/studio.ts'
import { printCounts } from '../test/harness/counts.ts'
import { createTestDatabase, type TestDatabase } from '../test/harness/database.ts'
import { createTestService, type Person, type TestService } from '../test/harness/service.ts'
import { toWorkerSettings } from './generations/worker-settings.ts'

const key = 'bfl-KEY-of-the-bar'
let database: TestDatabase
let hero: TestService
let person: Person
let fake: FakeServer
let upload_id: string
/** Orders by number; each is drawn only once somebody else than who ordered it may look. */
const orders = new Map<string, { readonly epoch: number; readonly prompt: string }>()
let epoch = 0
/** Answers to orders are held back. */
let isMute = false

beforeAll(async () => {
  fake = await startFakeServer(async ({ method, path, body }, url): Promise<Answer> => {
    if (path.startsWith('/files/')) return { status: 200, bytes: await drawPicture(256, 256) }
    const [, id = ''] = /id=(\d+)$/.exec(path) ?? []
    const order = orders.get(id)
    if (order !== undefined) {
      const isReady = order.epoch < epoch
      return {
        status: 200,
        json: isReady
          ? { id, status: 'Ready', result: { sample: `${url}/files/${id}.png` } }
          : { id, status: 'Pending' },
      }
    }
    if (method !== 'POST') return { status: 404, json: {} }
    const ordered = String(orders.size + 1)
    orders.set(ordered, { epoch, prompt: JSON.parse(body.toString('utf8')).prompt })
    return isMute ? 'hang' : { status: 200, json: { id: ordered, polling_url: `${url}/v1/get_result?id=${ordered}` } }
  })
  const settings = { BFL_API_KEY: key, BFL_BASE_URL: `${fake.url}/v1`, HERO_RUNNING_GENERATIONS: '1000' }
  database = await createTestDatabase()
  hero = await createTestService({ database, settings })
  person = await hero.createPerson()
  await giveCredits(hero.service, person.userId, 10_000)
  upload_id = await putPicture(hero.service, person.userId, await createPhoto())
})
afterAll(async () => {
  await hero.close()
  await fake.close()
})

/** Starts a process that does these. */
function perform(ids: readonly string[]): ChildProcess {
  const settings = toWorkerSettings(hero.service, database, { BFL_API_KEY: key, BFL_BASE_URL: `${fake.url}/v1` })
  return spawn(
    process.execPath,
    ['--conditions=@hero-image/source', join(packageFolder, 'bar/generations/perform-child.ts'), ...ids],
    { env: { PATH: process.env.PATH, ...settings }, stdio: ['ignore', 'ignore', 'inherit'] },
  )
}

const gone = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('close', resolve))

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20))
}

async function startMany(count: number, name: string): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    const wish = { operation: 'extend', provider: 'bfl', upload_id, ratio: '1:1', prompt: `${name} ${index}` }
    ids.push(fromWireId('generation', (await start(person, wish)).id) ?? '')
  }
  return ids
}

async function rowsOf(ids: readonly string[]) {
  return hero.service.db
    .selectFrom('generation')
    .select(['id', 'state', 'failure_code', 'provider_request_id', 'spent', 'price'])
    .where('id', 'in', ids)
    .execute()
}

/** How often each was ordered. */
function ordersOf(name: string): number[] {
  const counts = new Map<string, number>()
  for (const { prompt } of orders.values()) {
    if (prompt.startsWith(`${name} `)) counts.set(prompt, (counts.get(prompt) ?? 0) + 1)
  }
  return [...counts.values()]
}

test('J2 killed after submitting: resumed by its number, submitted exactly once, 200 of 200', async () => {
  const batch = 40
  let kills = 0
  let resumed = 0
  for (let round = 0; round < 5; round += 1) {
    const ids = await startMany(batch, `r${round}`)
    const first = perform(ids)
    const end = gone(first)
    await until(async () => (await rowsOf(ids)).every((row) => row.provider_request_id !== null))
    first.kill('SIGKILL')
    await end
    kills += 1
    const before = await rowsOf(ids)
    expect(before.every(({ state }) => state === 'running')).toBe(true)
    epoch += 1
    expect(await gone(perform(ids))).toBe(0)
    const after = await rowsOf(ids)
    expect(after.map(({ state }) => state)).toEqual(after.map(() => 'succeeded'))
    expect(after.every(({ spent, price }) => spent === price)).toBe(true)
    expect(ordersOf(`r${round}`)).toEqual(ids.map(() => 1))
    resumed += after.length
  }
  expect(await balanceOf(person)).toEqual({ available: 10_000 - 200 * 8, held: 0 })
  printCounts('J2', {
    generations: resumed,
    kills,
    'generations killed after submitting': resumed,
    submissions: orders.size,
  })
})

test('J2 killed while the answer to a submission is on its way: never submitted again, the credits are back', async () => {
  isMute = true
  const { available } = await balanceOf(person)
  const ids = await startMany(40, 'cut')
  const first = perform(ids)
  const end = gone(first)
  await until(() => ordersOf('cut').length === ids.length)
  first.kill('SIGKILL')
  await end
  isMute = false
  expect(await gone(perform(ids))).toBe(0)
  const after = await rowsOf(ids)
  expect(after.every(({ state, failure_code }) => state === 'failed' && failure_code === 'interrupted')).toBe(true)
  expect(ordersOf('cut')).toEqual(ids.map(() => 1))
  expect(await balanceOf(person)).toEqual({ available, held: 0 })
  printCounts('J2 cut in mid-submission', {
    generations: ids.length,
    submissions: ids.length,
    'given back': ids.length,
  })
})
