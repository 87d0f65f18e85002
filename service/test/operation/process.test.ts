/** The service as a process: how it starts, refuses to start, and stops. */
import { afterEach, expect, test } from 'vitest'
import { createTestDatabase } from '../harness/database.ts'
import { createDataFolder, isRunning, startProcess, startRunning } from '../harness/process.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

async function dataFolder(): Promise<string> {
  const folder = await createDataFolder()
  cleanups.push(folder.remove)
  return folder.path
}

const secret = 'a secret of tests, and of nothing else'

test('O6 a second process on the same embedded database is refused; killed, the first one frees it', async () => {
  const settings = { HERO_DATA_DIR: await dataFolder() }
  const first = await startRunning(settings)
  const second = await startProcess(settings)
  expect(isRunning(second)).toBe(false)
  expect(second).toMatchObject({ exitCode: 1, text: expect.stringContaining('is in use by another process') })
  await first.end('SIGKILL')
  const third = await startRunning(settings)
  expect((await fetch(`${third.url}/readyz`)).status).toBe(200)
  await third.end('SIGTERM')
}, 120_000)

test('the embedded database refuses live payment keys, and says so without the key', async () => {
  const started = await startProcess({
    HERO_DATA_DIR: await dataFolder(),
    HERO_PAYMENTS: 'stripe',
    STRIPE_SECRET_KEY: 'sk_live_1234567890',
    STRIPE_WEBHOOK_SECRET: 'whsec_1',
  })
  expect(started).toMatchObject({ exitCode: 1, text: expect.stringContaining('live keys need DATABASE_URL') })
  expect(JSON.stringify(started)).not.toContain('1234567890')
})

test('O2 SIGTERM drains: requests under way are answered, probes see it, the exit code is 0', async () => {
  const database = await createTestDatabase()
  cleanups.push(database.close)
  const service = await startRunning({
    DATABASE_URL: database.url,
    HERO_SECRET: secret,
    HERO_DATA_DIR: await dataFolder(),
  })
  const answers: number[] = []
  let isReady = true
  // A balancer asks the probe, and sends nobody to a process that is not ready.
  const balancer = async (): Promise<void> => {
    while (isReady) {
      isReady = (await fetch(`${service.url}/readyz`)).status === 200
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const client = async (): Promise<void> => {
    while (isReady) {
      const response = await fetch(`${service.url}/openapi.json`)
      await response.arrayBuffer()
      answers.push(response.status)
    }
  }
  const everybody = Promise.all([balancer(), ...Array.from({ length: 8 }, client)])
  await expect.poll(() => answers.length).toBeGreaterThan(50)
  const ended = service.end('SIGTERM')
  await everybody
  expect(await ended).toBe(0)
  expect(new Set(answers)).toEqual(new Set([200]))
  process.stdout.write(`O2: ${answers.length} requests, 0 failed\n`)
})

test('a worker alone does not answer to people, but to probes', async () => {
  const database = await createTestDatabase()
  cleanups.push(database.close)
  const worker = await startRunning({
    DATABASE_URL: database.url,
    HERO_SECRET: secret,
    HERO_ROLES: 'worker',
    HERO_DATA_DIR: await dataFolder(),
  })
  expect((await fetch(`${worker.url}/readyz`)).status).toBe(200)
  expect((await fetch(`${worker.url}/v1/projects`)).status).toBe(404)
  const metrics = await fetch(`${worker.url}/metrics`)
  expect(await metrics.text()).toContain('hero_http_requests_total')
  expect(await worker.end('SIGTERM')).toBe(0)
})

test('settings that cannot be are named, with what they should be', async () => {
  const started = await startProcess({ HERO_PROT: '1', HERO_LOG_LEVEL: 'loud' })
  expect(started).toMatchObject({
    exitCode: 1,
    text: expect.stringContaining('HERO_PROT: there is no such setting. Did you mean HERO_PORT?'),
  })
  expect(started).toMatchObject({ text: expect.stringContaining('HERO_LOG_LEVEL') })
})
