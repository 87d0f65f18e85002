/** Runs a fixture as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** Path of a file in fixtures/. */
export const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url))

/** Without the rights of root, which no permission stops. */
export const asNobody: { uid?: number; gid?: number } = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}

export interface ScriptResult {
  readonly code: number | null
  readonly output: string
}

export interface Script {
  readonly child: ChildProcess
  /** Waits until the process has printed this text. */
  readonly until: (text: string) => Promise<void>
  readonly ended: Promise<ScriptResult>
}

/** Starts a process that lives no longer than the test. */
export function startScript(
  command: string,
  args: readonly string[],
  options: { uid?: number; gid?: number } = {},
): Script {
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  child.stdout?.on('data', (data) => {
    output += data
  })
  child.stderr?.on('data', (data) => {
    output += data
  })
  const ended = once(child, 'close').then((): ScriptResult => ({ code: child.exitCode, output }))
  const until = async (text: string): Promise<void> => {
    while (!output.includes(text)) {
      if (child.exitCode !== null) throw new Error(`ended without "${text}": ${output}`)
      await new Promise((done) => setTimeout(done, 5))
    }
  }
  return { child, until, ended }
}
