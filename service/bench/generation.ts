/** J4 and A7: how soon a job begins, and what a request for a generation costs. Wanted: begun within 50 ms at the median, at most 6 ms of CPU with the database in it. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { createTokenText, hashToken, toTokenPrefix } from '../src/auth/token-text.ts'
import { insertFile } from '../src/files/insert-file.ts'
import { putObject } from '../src/files/put-object.ts'
import { createApp } from '../src/http/app.ts'
import { newId, toWireId } from '../src/keys/uuid.ts'
import { openWallet, topUp } from '../src/ledger/ledger.ts'
import { createLog } from '../src/log/log.ts'
import { createParts, routesOf } from '../src/parts.ts'
import type { Service } from '../src/service.ts'
import { readSettings } from '../src/settings/read.ts'
import { openService } from '../src/start.ts'
import { startCluster } from '../test/harness/cluster.ts'

const origin = 'http://hero.test'
/** Posts to warm up with, and posts that count. */
const warmUp = 200
const counted = 1000
const atOnce = 8
const jobs = 300

const cluster = await startCluster()
/** Its server; its other processes are children of that. */
const clusterPids = new Set<string>()
const folder = await mkdtemp(join(tmpdir(), 'hero-bench-'))
const { service, close } = await openService(
  readSettings({
    DATABASE_URL: cluster.url('postgres'),
    HERO_SECRET: 'a secret of benchmarks, and of nothing else',
    HERO_DATA_DIR: folder,
    HERO_RUNNING_GENERATIONS: '1000000',
    HERO_REQUESTS_PER_MINUTE: '100000000',
    HERO_COMPATIBLE_URL: 'http://127.0.0.1:9/v1',
    HERO_COMPATIBLE_MODEL: 'none',
  }),
  { log: createLog('silent'), publicUrl: origin },
)
try {
  await measurePosts()
  await measureStarts()
} finally {
  await close()
  await cluster.remove()
  await rm(folder, { recursive: true, force: true })
}

/** A7. Nothing does the jobs meanwhile. */
async function measurePosts(): Promise<void> {
  const app = createApp({ service, addressOf: () => '192.0.2.1', routes: routesOf(createParts(service)) })
  // Many people: nobody waits for another's wallet.
  const people = await Promise.all(Array.from({ length: 50 }, () => createPerson(service)))
  let next = 0
  const post = async (): Promise<void> => {
    const person = people[next++ % people.length]
    const response = await app.request(`${origin}/v1/generations`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${person?.token}`,
        'content-type': 'application/json',
        'idempotency-key': newId(),
      },
      body: JSON.stringify({ operation: 'extend', provider: 'compatible', upload_id: person?.uploadId, ratio: '1:1' }),
    })
    if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`)
    await response.arrayBuffer()
  }
  const run = async (count: number): Promise<void> => {
    let left = count
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (left-- > 0) await post()
      }),
    )
  }
  await run(warmUp)
  const databaseBefore = await databaseCpu()
  const before = process.cpuUsage()
  const began = performance.now()
  await run(counted)
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(before)
  const node = (user + system) / 1000 / counted
  const database = ((await databaseCpu()) - databaseBefore) / counted
  print('A7 POST /v1/generations', {
    'CPU ms of Node': node.toFixed(2),
    'CPU ms of PostgreSQL': database.toFixed(2),
    together: (node + database).toFixed(2),
    'per second': Math.round(counted / seconds),
    'at once': atOnce,
  })
}

/** J4. */
async function measureStarts(): Promise<void> {
  await service.db.deleteFrom('generation').execute()
  const begun = new Map<string, (at: number) => void>()
  await service.queue.work({
    generation: async ({ data }) => begun.get(data.generationId)?.(performance.now()),
  })
  // What the posts have left is done first, as nothing.
  await new Promise((resolve) => setTimeout(resolve, 10_000))
  const waits: number[] = []
  for (let index = 0; index < jobs; index += 1) {
    const generationId = newId()
    const start = new Promise<number>((resolve) => begun.set(generationId, resolve))
    await service.db.transaction().execute((trx) => service.queue.send('generation', { generationId }, { trx }))
    const committed = performance.now()
    waits.push((await start) - committed)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  waits.sort((a, b) => a - b)
  print('J4 from commit to begin', {
    'p50 ms': at(waits, 0.5).toFixed(1),
    'p90 ms': at(waits, 0.9).toFixed(1),
    'p99 ms': at(waits, 0.99).toFixed(1),
    jobs,
  })
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function print(title: string, figures: Readonly<Record<string, string | number>>): void {
  const parts = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`)
  process.stdout.write(`${title}: ${parts.join(', ')}\n`)
}

/** CPU of all processes of the cluster, ms; Linux only. */
async function databaseCpu(): Promise<number> {
  let ticks = 0
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [command, stat] = await Promise.all(
      ['cmdline', 'stat'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')),
    )
    const fields = (stat ?? '').slice((stat ?? '').lastIndexOf(')') + 2).split(' ')
    const isOurs = command?.includes(cluster.socketFolder) || clusterPids.has(fields[1] ?? '')
    if (command?.includes(cluster.socketFolder)) clusterPids.add(pid)
    if (isOurs) ticks += Number(fields[11]) + Number(fields[12])
  }
  return ticks * 10
}

interface BenchPerson {
  readonly token: string
  readonly uploadId: string
}

async function createPerson({ db, clock, storage }: Service): Promise<BenchPerson> {
  const userId = newId()
  const token = createTokenText()
  await db
    .insertInto('user')
    .values({
      id: userId,
      name: 'Ada',
      email: `${userId}@example.org`,
      emailVerified: true,
      ageConfirmedAt: clock.now(),
    })
    .execute()
  await db
    .insertInto('access_token')
    .values({
      id: newId(),
      user_id: userId,
      kind: 'api_key',
      name: 'bench',
      prefix: toTokenPrefix(token),
      hash: hashToken(token),
      scopes: ['generations:write'],
    })
    .execute()
  const photo = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#888' } })
    .png()
    .toBuffer()
  const object = await putObject({ db, clock, storage }, photo, { mediaType: 'image/png' })
  const uploadId = await db.transaction().execute(async (trx) => {
    const walletId = await openWallet(trx, userId)
    await topUp(trx, { walletId, credits: 1_000_000, kind: 'topup', key: newId(), at: clock.now() })
    const at = clock.now()
    return (await insertFile(trx, { object, userId, kind: 'source', width: 64, height: 48, at })).id
  })
  return { token, uploadId: toWireId('upload', uploadId) }
}
