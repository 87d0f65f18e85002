/** O5: from the start of the built service to its first answer, and its memory when idle, on PostgreSQL. Wanted: at most 2 s and 200 MB. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { packageFolder } from '../src/package-folder.ts'
import { startCluster } from '../test/harness/cluster.ts'

const rounds = 5
const built = join(packageFolder, 'dist/main.js')
if (!existsSync(built)) throw new Error('The service is not built. Run: npm run build')

const cluster = await startCluster()
const folder = await mkdtemp(join(tmpdir(), 'hero-bench-'))
try {
  const starts: number[] = []
  const memories: number[] = []
  // The first start makes the schema.
  for (let round = 0; round <= rounds; round += 1) {
    const { ms, megabytes } = await measure()
    if (round === 0) process.stdout.write(`first start, with all migrations: ${ms.toFixed(0)} ms\n`)
    else {
      starts.push(ms)
      memories.push(megabytes)
    }
  }
  process.stdout.write(
    `start: ${starts.map((ms) => ms.toFixed(0)).join(', ')} ms, median ${median(starts).toFixed(0)} (wanted: ≤ 2000)\n`,
  )
  process.stdout.write(
    `memory after 3 s: ${memories.map((mb) => mb.toFixed(0)).join(', ')} MB, median ${median(memories).toFixed(0)} (wanted: ≤ 200)\n`,
  )
} finally {
  await cluster.remove()
  await rm(folder, { recursive: true })
}

async function measure(): Promise<{ ms: number; megabytes: number }> {
  const began = performance.now()
  const child = spawn(process.execPath, [built], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: cluster.url('postgres'),
      HERO_SECRET: 'a secret of benchmarks, and of nothing else',
      HERO_DATA_DIR: folder,
      HERO_PORT: '0',
      HERO_NOTICE_SECONDS: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /"at":"(http:[^"]+)"/.exec(line)?.[1]
    if (url === undefined) continue
    await fetch(`${url}/readyz`)
    break
  }
  const ms = performance.now() - began
  await new Promise((resolve) => setTimeout(resolve, 3000))
  const megabytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024
  child.kill('SIGTERM')
  child.stdout.resume()
  await ended
  return { ms, megabytes }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
