/** The clients of the crash test as their parent sees them: started, killed, and started again where they were. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { packageFolder } from '../../src/package-folder.ts'
import { type Assignment, lineSchema } from './client.ts'
import type { Plan } from './plan.ts'

/** All clients together. */
export interface Clients {
  /** What each operation has answered: acknowledged, and so never to be lost. */
  readonly results: ReadonlyMap<number, string>
  /** Resolves when so many operations are acknowledged; rejects at the first thing that must never happen. */
  reached(count: number): Promise<void>
  /** Kills one that is at work, the nth of them, and starts it again; false when none is. */
  kill(nth: number): Promise<boolean>
  stop(): void
}

interface Client {
  child: ChildProcess
  isAtWork: boolean
}

/**
 * Starts clients that share the lanes of the plan.
 *
 * @param cacheFolder where compiled sources may be kept
 */
export function startClients(count: number, cacheFolder: string, rest: Omit<Assignment, 'next'>): Clients {
  const { plan } = rest
  const results = new Map<number, string>()
  const waiting: { readonly count: number; resolve(): void; reject(error: Error): void }[] = []
  let fault: Error | undefined
  const clients = Array.from({ length: count }, (_, client) => ({ child: start(client), isAtWork: false }))

  function start(client: number): ChildProcess {
    const lanes = Array.from({ length: plan.lanes }, (_, lane) => lane).filter((lane) => lane % count === client)
    const next = lanes.map((lane) => findNext(plan, lane, results)).filter((index) => index < plan.operations)
    const child = spawn(
      process.execPath,
      [
        '--conditions=@hero-image/source',
        join(packageFolder, 'bar/ledger-crash/client.ts'),
        JSON.stringify({ ...rest, next } satisfies Assignment),
      ],
      // Most of the time of a start is reading sources; it is read once.
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_COMPILE_CACHE: cacheFolder } },
    )
    createInterface({ input: child.stdout }).on('line', (text) => take(client, text))
    child.once('exit', (code) => {
      if (code !== null && code !== 0) fail(`A client ended with ${code}.`)
    })
    return child
  }

  function take(client: number, text: string): void {
    let line: ReturnType<typeof lineSchema.parse>
    try {
      line = lineSchema.parse(JSON.parse(text))
    } catch {
      // The last line of a process that was killed in the middle of it.
      return
    }
    const found = clients[client]
    if (found !== undefined) found.isAtWork = true
    if ('fault' in line) {
      fail(`Operation ${line.index}: ${line.fault}`)
      return
    }
    results.set(line.index, line.result)
    for (const waiter of waiting) if (results.size >= waiter.count) waiter.resolve()
  }

  function fail(message: string): void {
    fault ??= new Error(message)
    for (const waiter of waiting) waiter.reject(fault)
  }

  return {
    results,
    reached: (wanted) =>
      new Promise((resolve, reject) => {
        if (fault !== undefined) reject(fault)
        else if (results.size >= wanted) resolve()
        else waiting.push({ count: wanted, resolve, reject })
      }),
    async kill(nth) {
      const atWork = clients.flatMap((client, index) => (isKillable(client) ? [{ client, index }] : []))
      const victim = atWork[nth % atWork.length]
      if (victim === undefined) return false
      const { client, index } = victim
      const ended = new Promise((resolve) => client.child.once('close', resolve))
      client.child.kill('SIGKILL')
      // What it has written before is read to the end: it counts.
      await ended
      client.isAtWork = false
      client.child = start(index)
      return true
    },
    stop() {
      for (const { child } of clients) child.kill('SIGKILL')
    },
  }
}

function isKillable({ child, isAtWork }: Client): boolean {
  return isAtWork && child.exitCode === null && child.signalCode === null
}

function findNext(plan: Plan, lane: number, results: ReadonlyMap<number, string>): number {
  let index = lane
  while (results.has(index)) index += plan.lanes
  return index
}
