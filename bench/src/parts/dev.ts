/** The dev server: how long until the first picture of a 24 MP photo is there. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { largePhoto } from '../photos.ts'
import { type Tool, viteCommand, viteFlags } from '../project.ts'
import { createProject } from './builds.ts'

/** Times of one start, in seconds; all but `up` count from the moment the server is up. */
export interface DevTimes {
  /** From the start of the process until the server answers. */
  readonly up: number
  /** Until the module of the import has come. */
  readonly imported: number
  /** Until the AVIF of 1280 px has come. */
  readonly firstPicture: number
  /** How long the same picture takes when it is asked for again. */
  readonly again: number
  /** Files in the tool's cache after the import and before the first picture was asked for. */
  readonly encodedByImport: number
}

/** What the dev servers did. */
export interface DevResults {
  readonly cold: Readonly<Record<Tool, readonly DevTimes[]>>
  /** Another start with the caches kept. */
  readonly warm: Readonly<Record<Tool, readonly DevTimes[]>>
}

/** Where each tool keeps what it has encoded. */
const cacheOf: Readonly<Record<Tool, string>> = {
  ours: 'node_modules/.cache/hero-image/v1/variant',
  imagetools: 'node_modules/.cache/imagetools',
}

/** Starts each server twice a round, without and with a cache. */
export async function measureDev(
  folder: string,
  { rounds, log }: { rounds: number; log: (line: string) => void },
): Promise<DevResults> {
  const cold: Record<Tool, DevTimes[]> = { ours: [], imagetools: [] }
  const warm: Record<Tool, DevTimes[]> = { ours: [], imagetools: [] }
  for (let round = 0; round < rounds; round++) {
    for (const tool of ['ours', 'imagetools'] as const) {
      const project = await createProject(join(folder, `dev-${round}-${tool}`), tool, [largePhoto])
      const first = await startOnce(project, tool)
      const second = await startOnce(project, tool)
      cold[tool].push(first)
      warm[tool].push(second)
      log(
        `dev ${tool}: first picture ${first.firstPicture.toFixed(2)} s, after a restart ${second.firstPicture.toFixed(2)} s`,
      )
    }
  }
  return { cold, warm }
}

async function startOnce(project: string, tool: Tool): Promise<DevTimes> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const started = performance.now()
  const server = spawn(
    process.execPath,
    [viteCommand, '--host', '127.0.0.1', '--port', String(port), '--strictPort', ...viteFlags],
    { cwd: project, stdio: 'ignore' },
  )
  try {
    const main = await untilUp(server, `${origin}/main.js`)
    const up = performance.now()
    const [specifier] = [...main.matchAll(/from\s+"([^"]+)"/g)].map((match) => match[1] ?? '')
    const module = await fetchText(new URL(specifier ?? '', origin))
    const imported = performance.now()
    const encodedByImport = countFiles(join(project, cacheOf[tool]))
    const url = new URL(await pictureUrl(module), origin)
    const type = await fetchPicture(url)
    const firstPicture = performance.now()
    if (type !== 'image/avif') throw new Error(`${url} is ${type}, not an AVIF.`)
    await fetchPicture(url)
    const again = performance.now()
    const seconds = (from: number, to: number): number => (to - from) / 1000
    return {
      up: seconds(started, up),
      imported: seconds(up, imported),
      firstPicture: seconds(up, firstPicture),
      again: seconds(firstPicture, again),
      encodedByImport,
    }
  } finally {
    server.kill()
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
  }
}

/** The text of a first module, which imports the photo; asked for until the server answers. */
async function untilUp(server: ChildProcess, url: string): Promise<string> {
  while (server.exitCode === null) {
    const text = await fetchText(new URL(url)).catch(() => undefined)
    if (text !== undefined) return text
    await sleep(10)
  }
  throw new Error(`The dev server ended with ${server.exitCode}.`)
}

/** The AVIF of 1280 px that a module names. The modules of both tools have the same form where it matters: sources, each with a srcset. */
async function pictureUrl(module: string): Promise<string> {
  const asset: unknown = await import(`data:text/javascript,${encodeURIComponent(module)}`)
  const srcsets = [...JSON.stringify(asset).matchAll(/"([^"]+ 1280w[^"]*)"/g)].map((match) => match[1] ?? '')
  // Both name AVIF first, since browsers take the first type that they can read.
  const candidate = srcsets[0]?.split(/,\s*/).find((each) => each.endsWith(' 1280w'))
  if (candidate === undefined) throw new Error('The module names no picture of 1280 px.')
  return candidate.slice(0, -' 1280w'.length)
}

async function fetchText(url: URL): Promise<string> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} gives ${response.status}: ${await response.text()}`)
  return response.text()
}

async function fetchPicture(url: URL): Promise<string | null> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} gives ${response.status}: ${await response.text()}`)
  await response.arrayBuffer()
  return response.headers.get('content-type')
}

function countFiles(folder: string): number {
  if (!existsSync(folder)) return 0
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}
