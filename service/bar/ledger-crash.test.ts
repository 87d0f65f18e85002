/** The ledger under clients, connections and servers that die at any moment: nothing that was acknowledged is lost, nothing happens twice, the books are right. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../src/database/migrate.ts'
import { type Database, type Db, openPostgres } from '../src/database/open.ts'
import { auditLedger } from '../src/ledger/audit.ts'
import { sweepHolds } from '../src/ledger/sweep.ts'
import { type Cluster, startCluster } from '../test/harness/cluster.ts'
import { printCounts } from '../test/harness/counts.ts'
import { createWallet } from '../test/ledger/wallets.ts'
import { startClients } from './ledger-crash/clients.ts'
import { keyOf, type Plan, planOperations } from './ledger-crash/plan.ts'

/** Another run of other operations: HERO_SEED. The order in which clients interleave is the machine's. */
const seed = Number(process.env.HERO_SEED ?? 20_261_128)
const plan: Plan = { seed, operations: 10_000, lanes: 24, wallets: 20 }
const clientCount = 6
const deaths = { client: 24, backend: 24, server: 4 }
type Death = keyof typeof deaths

// Servers are killed here: not the one that other tests use.
let cluster: Cluster
let database: Database
beforeAll(async () => {
  cluster = await startCluster()
  database = await openPostgres(cluster.url('postgres'), 4)
  await migrate(database.db)
})
afterAll(async () => {
  await database.close()
  await cluster.remove()
})

/** Who dies in which order, by the seed. */
function planDeaths(): readonly Death[] {
  const all: Death[] = []
  for (const death of ['client', 'backend', 'server'] as const) {
    all.push(...Array.from({ length: deaths[death] }, () => death))
  }
  const place = (index: number): string => createHash('sha256').update(`${seed} death ${index}`).digest('hex')
  return all
    .map((death, index) => ({ death, place: place(index) }))
    .sort((a, b) => a.place.localeCompare(b.place))
    .map(({ death }) => death)
}

/** Ends a connection of a client in the middle of something, if there is one. */
async function endBackend(db: Db): Promise<boolean> {
  const { rows } = await sql<{ ended: boolean }>`
    select pg_terminate_backend(pid) as ended from pg_stat_activity
    where application_name = 'hero-image-service' and pid <> pg_backend_pid() and state in ('active', 'idle in transaction')
    order by query_start desc limit 1
  `.execute(db)
  return rows[0]?.ended === true
}

test('L2 10,000 operations under kill -9 of clients, connections and servers: nothing lost, nothing twice', async () => {
  const { db } = database
  await sql`create table work (key text primary key, hold_id uuid not null unique)`.execute(db)
  const walletIds: string[] = []
  for (let nth = 0; nth < plan.wallets; nth += 1) walletIds.push((await createWallet(db)).walletId)
  const planned = planOperations(plan)
  const began = performance.now()
  const clients = startClients(clientCount, join(cluster.socketFolder, 'compiled'), {
    url: cluster.url('postgres'),
    plan,
    walletIds,
  })

  let sweeps = 0
  let swept = 0
  let isOver = false
  const sweep = async (): Promise<void> => {
    while (!isOver) {
      try {
        swept += (await sweepHolds(db, async () => new Set(), new Date())).expired
        sweeps += 1
      } catch {
        // The server is away: the next sweep is another one.
      }
      await wait(300)
    }
  }
  const sweeping = sweep()

  const died = { client: 0, backend: 0, server: 0 }
  const kill = async (death: Death, nth: number): Promise<boolean> => {
    if (death === 'client') return clients.kill(nth)
    if (death === 'backend') return endBackend(db).catch(() => false)
    await cluster.crash()
    return true
  }
  try {
    const order = planDeaths()
    for (const [index, death] of order.entries()) {
      await clients.reached(Math.floor((plan.operations * 0.95 * (index + 1)) / (order.length + 1)))
      while (clients.results.size < plan.operations) {
        if (await kill(death, index)) {
          died[death] += 1
          break
        }
        await wait(1)
      }
    }
    await clients.reached(plan.operations)
  } finally {
    clients.stop()
    isOver = true
    await sweeping
  }
  const seconds = (performance.now() - began) / 1000

  // Everything that was acknowledged is there, with the result that was told.
  const transfers = await db.selectFrom('transfer').selectAll().execute()
  const byKey = new Map(transfers.map((transfer) => [transfer.key, transfer]))
  const holds = new Map((await db.selectFrom('hold').selectAll().execute()).map((hold) => [hold.id, hold]))
  const lost: string[] = []
  const closings = new Map<string, number>()
  const refused: Record<string, number> = {}
  let granted = 0
  for (const [index, operation] of planned.entries()) {
    const result = clients.results.get(index) ?? 'nothing'
    const target = operation.type === 'again' ? operation.target : index
    const type = planned[target]?.type
    const there = byKey.get(keyOf(plan, target))
    if (refusals.has(result)) refused[result] = (refused[result] ?? 0) + 1
    if (type === 'topup' || type === 'grant') {
      if (there?.id !== result) lost.push(`${index} ${result}`)
    } else if (type === 'reserve') {
      if (target === index && there !== undefined) granted += 1
      const isRefused = result === 'insufficient-credits' || result === 'wallet-frozen'
      if (!isRefused && (there?.id !== result || !holds.has(result))) lost.push(`${index} ${result}`)
    } else if (type === 'reverse') {
      if (result !== 'nothing left' && there === undefined) lost.push(`${index} ${result}`)
      const first = clients.results.get(target)
      if (first !== 'nothing left' && first !== result) lost.push(`${index} ${result}, was ${first}`)
    } else if (type === 'close' && result !== 'no hold' && result !== 'excess') {
      const hold = holds.get(result.slice(-36))
      const settled = hold?.settled ?? -1
      if (hold === undefined || result !== `${settled} and ${hold.amount - settled} of ${hold.id}`) {
        lost.push(`${index} ${result}`)
      }
      closings.set(result.slice(-36), (closings.get(result.slice(-36)) ?? 0) + 1)
    } else if (type === 'misuse' && result !== 'something else') lost.push(`${index} ${result}`)
  }
  expect(lost).toEqual([])

  // Every top-up of the plan happened, and no more than once.
  const brought = planned.reduce(
    (sum, { type, ...rest }) => sum + (isTopUp(type) && 'orderId' in rest ? rest.credits : 0),
    0,
  )
  const issued = await sumOf(db, ['issued_paid', 'issued_granted'])
  expect(-issued).toBe(brought)

  // What credits are reserved for is there if and only if its hold is.
  const { rows: work } = await sql<{ hold_id: string }>`select hold_id from work`.execute(db)
  expect(new Set(work.map(({ hold_id }) => hold_id))).toEqual(new Set(holds.keys()))

  const stillHeld = await sumOf(db, ['held'])
  const final = await sweepHolds(db, async () => new Set(), new Date(Date.now() + 7_200_000))
  const heldAfter = await sumOf(db, ['held'])
  expect(heldAfter).toBe(0)
  const faults = await auditLedger(db)
  expect(faults).toEqual([])
  const total = await sumOf(db)
  expect(total).toBe(0)
  const byClosing = await db
    .selectFrom('transfer')
    .select('hold_id')
    .where('kind', 'in', ['settle', 'release', 'expire'])
    .groupBy('hold_id')
    .having((having) => having.fn.countAll(), '>', 1)
    .execute()
  expect(byClosing).toEqual([])

  expect(died).toEqual(deaths)
  const types = Object.groupBy(planned, ({ type }) => type)
  printCounts('L2', {
    seed,
    operations: clients.results.size,
    ...Object.fromEntries(Object.entries(types).map(([type, list]) => [type, list.length])),
    'clients killed': died.client,
    'connections ended': died.backend,
    'servers killed': died.server,
    transfers: transfers.length + final.expired,
    holds: holds.size,
    'reserves granted': granted,
    ...refused,
    'holds that clients closed': closings.size,
    'of them more than once': [...closings.values()].filter((times) => times > 1).length,
    sweeps,
    'swept meanwhile': swept,
    'swept at the end': final.expired,
    'held before that': stillHeld,
    lost: lost.length,
    'sum of entries': total,
    'closed twice': byClosing.length,
    'held at the end': heldAfter,
    'faults of the audit': faults.length,
    seconds: seconds.toFixed(1),
  })
})

/** Answers that change nothing. */
const refusals = new Set([
  'insufficient-credits',
  'wallet-frozen',
  'no hold',
  'excess',
  'nothing left',
  'something else',
])

function isTopUp(type: string): boolean {
  return type === 'topup' || type === 'grant'
}

async function sumOf(db: Db, accounts?: readonly ('held' | 'issued_paid' | 'issued_granted')[]): Promise<number> {
  let query = db.selectFrom('entry').select(sql<number>`coalesce(sum(amount), 0)::bigint`.as('sum'))
  if (accounts !== undefined) query = query.where('account', 'in', accounts)
  return (await query.executeTakeFirstOrThrow()).sum
}
