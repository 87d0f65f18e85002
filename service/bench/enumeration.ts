/** S8: how long sign-up, sign-in, reset and verification take with an account and without. Wanted: medians within 20 % of each other. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../src/http/app.ts'
import { newId } from '../src/keys/uuid.ts'
import { createLog } from '../src/log/log.ts'
import { createParts, routesOf } from '../src/parts.ts'
import { readSettings } from '../src/settings/read.ts'
import { openService } from '../src/start.ts'
import { createTestClock } from '../test/harness/clock.ts'
import { startCluster } from '../test/harness/cluster.ts'

const rounds = 30
const origin = 'http://hero.test'
const cluster = await startCluster()
const folder = await mkdtemp(join(tmpdir(), 'hero-bench-'))
const clock = createTestClock()
const { service, close } = await openService(
  readSettings({
    DATABASE_URL: cluster.url('postgres'),
    HERO_SECRET: 'a secret of benchmarks, and of nothing else',
    HERO_DATA_DIR: folder,
    HERO_SIGN_UPS_PER_ADDRESS_AND_DAY: '100000',
  }),
  { clock, log: createLog('silent'), publicUrl: origin },
)
try {
  const app = createApp({ service, addressOf: () => '192.0.2.1', routes: routesOf(createParts(service)) })
  const post = async (path: string, body: unknown): Promise<number> => {
    // A new hour for each request: the limits on mails are not what is measured.
    clock.advance(3_600_000)
    const began = performance.now()
    const response = await app.request(`${origin}${path}`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    await response.text()
    const ms = performance.now() - began
    if (response.status >= 500 || response.status === 429) throw new Error(`${path} answered ${response.status}`)
    return ms
  }
  const signUp = (email: string): object => ({
    name: 'Ada',
    email,
    password: 'correct horse battery',
    age_confirmed: true,
  })
  const known = 'known@example.org'
  await post('/api/auth/sign-up/email', signUp(known))
  await service.db.updateTable('user').set({ emailVerified: true }).where('email', '=', known).execute()
  const unverified = 'unverified@example.org'
  await post('/api/auth/sign-up/email', signUp(unverified))

  await compare('sign-up', known, (email) => post('/api/auth/sign-up/email', signUp(email)))
  await compare('sign-in', known, (email) =>
    post('/api/auth/sign-in/email', { email, password: 'not the password at all' }),
  )
  await compare('reset', known, (email) => post('/api/auth/request-password-reset', { email }))
  await compare('verification', unverified, (email) => post('/api/auth/send-verification-email', { email }))
} finally {
  await close()
  await cluster.remove()
  await rm(folder, { recursive: true })
}

async function compare(name: string, email: string, ask: (email: string) => Promise<number>): Promise<void> {
  const there: number[] = []
  const absent: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    // By turns, so that what else the machine does falls on both.
    there.push(await ask(email))
    absent.push(await ask(`${newId()}@example.org`))
  }
  const [a, b] = [median(there), median(absent)]
  const apart = (Math.abs(a - b) / Math.min(a, b)) * 100
  process.stdout.write(
    `S8 ${name}: ${rounds} each, median ${a.toFixed(1)} ms with an account, ${b.toFixed(1)} ms without, ${apart.toFixed(1)} % apart (wanted: ≤ 20)\n`,
  )
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
