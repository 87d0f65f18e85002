/** Runs a script of Node in a process of its own and measures all of it. */
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { cpuOf, descendantsOf, descendantsRss } from './process-tree.ts'

/** What a run cost. */
export interface Cost {
  /** Seconds by the clock. */
  readonly wall: number
  /**
   * Seconds of CPU, user and system, of the whole process tree. The kernel's count leaves out whatever nobody has waited for, such as workers that a bundler kills
   * at its end; where samples of all processes come to more, they count.
   */
  readonly cpu: number
  /** Highest sum of resident bytes (RSS) over the process tree, sampled. */
  readonly memory: number
}

/** Milliseconds between two looks at the memory. */
const sampleMs = 50

/** The shell's `time` sees exactly what the kernel counted, from start to exit, children included; Node offers that for the own process only. */
const timed = 'exec 4>&2 2>&3; TIMEFORMAT="%R %U %S"; time "$@" 2>&4'

/**
 * Runs `node <args>` in a folder until it ends.
 *
 * @throws Error with the script's output when it fails
 */
export async function runMeasured(args: readonly string[], cwd: string): Promise<Cost> {
  const child = spawn('bash', ['-c', timed, 'bash', process.execPath, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', NODE_ENV: 'production', CI: '1' },
  })
  let memory = 0
  const sampled = new Map<number, number>()
  const sampler = setInterval(() => {
    if (child.pid === undefined) return
    memory = Math.max(memory, descendantsRss(child.pid))
    for (const pid of [...descendantsOf(child.pid), ...sampled.keys()]) {
      const cpu = cpuOf(pid)
      if (cpu !== undefined) sampled.set(pid, cpu)
    }
  }, sampleMs)
  const [stdout, stderr, times] = child.stdio.slice(1)
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  const [code, output, errors, report] = await Promise.all([ended, read(stdout), read(stderr), read(times)])
  clearInterval(sampler)
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${output}${errors}`)
  const [wall = 0, user = 0, system = 0] = report.trim().split(' ').map(Number)
  const seen = [...sampled.values()].reduce((sum, cpu) => sum + cpu, 0)
  return { wall, cpu: Math.max(user + system, seen), memory }
}

async function read(stream: unknown): Promise<string> {
  return isReadable(stream) ? text(stream) : ''
}

function isReadable(stream: unknown): stream is NodeJS.ReadableStream {
  return typeof stream === 'object' && stream !== null && 'read' in stream
}
