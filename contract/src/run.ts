/** Runs commands of hosts as a user would, from their own folder, with nothing of the test runner in the environment. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Project } from '../../packages/unplugin/test/fixtures/project.ts'
import type { Command, Host } from './host.ts'

const repository = join(import.meta.dirname, '../..')

/** Longest time for one command, ms. */
const patience = 120_000

/** What a command left behind. */
export interface Ran {
  readonly status: number | null
  /** All it said on both channels, without colours. */
  readonly said: string
}

/** A command that goes on until it is stopped. */
export interface Running {
  /** All it has said so far. */
  said(): string
  stop(): Promise<void>
}

/** Runs a command to its end. */
export async function run(host: Host, project: Project, command: Command): Promise<Ran> {
  const child = start(host, project, command)
  const said = listen(child)
  const timer = setTimeout(() => end(child), patience)
  const status = await ended(child)
  clearTimeout(timer)
  return { status, said: said() }
}

/** Starts a command that watches or serves. */
export function keepRunning(host: Host, project: Project, command: Command): Running {
  const child = start(host, project, command)
  const gone = ended(child)
  return {
    said: listen(child),
    async stop() {
      end(child)
      await gone
    },
  }
}

/** The arguments with which Node runs a command. */
export function toNodeArguments(project: Project, [executable, ...args]: Command): string[] {
  const bins = [join(repository, 'contract/node_modules/.bin'), join(repository, 'node_modules/.bin')]
  const file = [project.at(executable), ...bins.map((bin) => join(bin, executable))].find((path) => existsSync(path))
  if (file === undefined) throw new Error(`There is no ${executable}.`)
  return [file, ...args]
}

function start({ fromDist = false }: Host, project: Project, command: Command): ChildProcess {
  const { PATH = '', HOME = '' } = process.env
  return spawn(process.execPath, toNodeArguments(project, command), {
    cwd: project.root,
    // A group of its own, so that what it starts ends with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH,
      HOME,
      CI: 'true',
      NO_COLOR: '1',
      ASTRO_TELEMETRY_DISABLED: '1',
      NEXT_TELEMETRY_DISABLED: '1',
      STORYBOOK_DISABLE_TELEMETRY: '1',
      ...(fromDist ? {} : { NODE_OPTIONS: '--conditions=@hero-image/source' }),
    },
  })
}

function listen(child: ChildProcess): () => string {
  const parts: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => parts.push(part.toString()))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  return () => parts.join('').replace(/\u001b\[[\d;]*m/g, '')
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve(code)))
}

function end({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGTERM')
  } catch {
    // It has ended by itself.
  }
}
