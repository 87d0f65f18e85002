/** The service as a process of its own, from source: to be stopped, killed, and looked at from outside. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { packageFolder } from '../../src/package-folder.ts'

/** A running service. */
export interface ServiceProcess {
  readonly url: string
  readonly pid: number
  /** Time from the start of the process to its first line that it runs, ms. */
  readonly startedAfter: number
  /** Lines that it has written. */
  readonly lines: readonly string[]
  /** Sends a signal and waits for the end; the exit code, or null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** A start that did not come to anything. */
export interface FailedStart {
  readonly exitCode: number | null
  readonly text: string
}

/** Arguments with which Node runs the service from source. */
export const sourceArguments: readonly string[] = [
  '--conditions=@hero-image/source',
  join(packageFolder, 'src/main.ts'),
]

/**
 * Starts the service and waits until it runs, or has ended.
 *
 * @param settings its whole environment, but for PATH
 */
export async function startProcess(settings: Readonly<Record<string, string>>): Promise<ServiceProcess | FailedStart> {
  const began = performance.now()
  const child = spawn(process.execPath, sourceArguments, {
    env: { PATH: process.env.PATH, HERO_PORT: '0', HERO_LOG_LEVEL: 'info', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const url = await new Promise<string | undefined>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        const found = /"at":"(http:[^"]+)"/.exec(line)?.[1]
        if (found !== undefined) resolve(found)
      })
    }
    void ended.then(() => resolve(undefined))
  })
  if (url === undefined || child.pid === undefined) return { exitCode: await ended, text: lines.join('\n') }
  return {
    url,
    pid: child.pid,
    startedAfter: performance.now() - began,
    lines,
    async end(signal) {
      child.kill(signal)
      return ended
    },
  }
}

/** True for a service that runs. */
export function isRunning(started: ServiceProcess | FailedStart): started is ServiceProcess {
  return 'url' in started
}

/** Starts the service. @throws Error with what it has written when it does not start */
export async function startRunning(settings: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const started = await startProcess(settings)
  if (!isRunning(started)) throw new Error(`The service did not start:\n${started.text}`)
  return started
}

/** A folder for the files of a process. */
export async function createDataFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'hero-data-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
