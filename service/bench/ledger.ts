/**
 * L3: pairs of reserving and settling, on PostgreSQL with many wallets and with one, and on the embedded database. Wanted, on two cores: at least 500 pairs/s on
 * many wallets with a p99 of at most 500 ms and at most 2.5 ms of CPU per pair; 100 pairs/s on one wallet; 100 pairs/s embedded.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { migrate } from '../src/database/migrate.ts'
import { type Database, type Db, openPglite, openPostgres } from '../src/database/open.ts'
import { newId } from '../src/keys/uuid.ts'
import { auditLedger } from '../src/ledger/audit.ts'
import { closeHold, reserve, topUp } from '../src/ledger/ledger.ts'
import { startCluster } from '../test/harness/cluster.ts'

const inFlight = 64
const seconds = Number(process.env.HERO_BENCH_SECONDS ?? 10)

interface Wanted {
  readonly pairsPerSecond: number
  readonly p99?: number
  readonly cpu?: number
}

/** CPU time of a process and of what it has waited for, ms; 0 once it is gone. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    // utime, stime, cutime, cstime: fields 14 to 17 of proc(5), in hundredths of a second.
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * 10
  } catch {
    return 0
  }
}

/** CPU time of a server with all its processes. */
function cpuOfServer(pid: number): number {
  const children = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      return (
        readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ')[1] === String(pid)
      )
    } catch {
      return false
    }
  })
  return [pid, ...children.map(Number)].reduce((sum, each) => sum + cpuOf(each), 0)
}

async function createWallets(db: Db, count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, newId)
  await db
    .insertInto('wallet')
    .values(ids.map((id) => ({ id, user_id: null })))
    .execute()
  for (const walletId of ids) {
    await topUp(db, { walletId, credits: 1_000_000_000, kind: 'grant', key: newId(), at: new Date() })
  }
  return ids
}

async function measure(
  name: string,
  { db }: Database,
  wallets: number,
  wanted: Wanted,
  server?: number,
): Promise<void> {
  const walletIds = await createWallets(db, wallets)
  const times: number[] = []
  let turn = 0
  const work = async (until: number): Promise<void> => {
    while (performance.now() < until) {
      const walletId = walletIds[turn++ % walletIds.length] ?? ''
      const began = performance.now()
      const at = new Date()
      const expiresAt = new Date(at.getTime() + 3_600_000)
      const { holdId } = await reserve(db, { walletId, credits: 10, key: newId(), expiresAt, at })
      await closeHold(db, { holdId, actual: 7, at })
      times.push(performance.now() - began)
    }
  }
  const round = async (ms: number): Promise<number> => {
    const began = performance.now()
    await Promise.all(Array.from({ length: inFlight }, () => work(began + ms)))
    return (performance.now() - began) / 1000
  }
  await round(1000)
  times.length = 0
  const nodeBefore = process.cpuUsage()
  const serverBefore = server === undefined ? 0 : cpuOfServer(server)
  const took = await round(seconds * 1000)
  const node = process.cpuUsage(nodeBefore)
  const pairs = times.length
  times.sort((a, b) => a - b)
  const atShare = (share: number): number => times[Math.min(pairs - 1, Math.floor(pairs * share))] ?? 0
  const nodeCpu = (node.user + node.system) / 1000 / pairs
  const serverCpu = server === undefined ? 0 : (cpuOfServer(server) - serverBefore) / pairs
  const cpu = server === undefined ? '' : ` + ${serverCpu.toFixed(2)} PostgreSQL`
  process.stdout.write(
    [
      `${name}:`,
      `  ${(pairs / took).toFixed(0)} pairs/s (wanted: ≥ ${wanted.pairsPerSecond})`,
      `  p50 ${atShare(0.5).toFixed(0)} ms, p99 ${atShare(0.99).toFixed(0)} ms${wanted.p99 === undefined ? '' : ` (wanted: p99 ≤ ${wanted.p99})`}`,
      `  CPU per pair ${nodeCpu.toFixed(2)} Node${cpu} ms${wanted.cpu === undefined ? '' : ` (wanted: together ≤ ${wanted.cpu})`}`,
      '',
    ].join('\n'),
  )
}

const [load] = readFileSync('/proc/loadavg', 'utf8').split(' ')
process.stdout.write(`${inFlight} pairs in flight, ${seconds} s each; load of the machine before: ${load}\n`)
const cluster = await startCluster()
const postgres = await openPostgres(cluster.url('postgres'), 20)
try {
  await migrate(postgres.db)
  const server = Number(readFileSync(join(cluster.socketFolder, 'data/postmaster.pid'), 'utf8').split('\n')[0])
  await measure('PostgreSQL, 1,000 wallets', postgres, 1000, { pairsPerSecond: 500, p99: 500, cpu: 2.5 }, server)
  await measure('PostgreSQL, one wallet', postgres, 1, { pairsPerSecond: 100 }, server)
  const { rows } = await sql<{ count: number }>`select count(*) as count from transfer`.execute(postgres.db)
  const began = performance.now()
  // Wallets of nobody are a fault elsewhere; here all are.
  const faults = (await auditLedger(postgres.db)).filter(({ rule }) => rule !== 'a wallet without a person is closed')
  const took = ((performance.now() - began) / 1000).toFixed(1)
  process.stdout.write(`audit of ${rows[0]?.count} transfers: ${took} s, ${faults.length} faults\n`)
} finally {
  await postgres.close()
  await cluster.remove()
}
const pglite = await openPglite()
await migrate(pglite.db)
await measure('PGlite in memory, 1,000 wallets', pglite, 1000, { pairsPerSecond: 100 })
await pglite.close()
