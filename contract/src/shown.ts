/** What an output shows, and the files behind its URLs. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { HeroAsset } from '@hero-image/core'
import type { Project } from '../../packages/unplugin/test/fixtures/project.ts'
import type { Output } from './host.ts'

const run = promisify(execFile)

/** Address of the page that shows an output. */
const pageUrl = 'https://page.example/app/'

/** What is shown, by the name of its form. */
export type Shown = Readonly<Record<string, unknown>>

/** What is shown, whether from files or by a server. */
export interface View {
  readonly shown: Shown
  /** The bytes behind a URL, or `undefined` when there are none. */
  bytesOf(url: string): Promise<Buffer | undefined>
}

/** An output with what it shows. */
export interface Seen extends Output, View {
  /** All files by path inside the folder. */
  readonly files: ReadonlyMap<string, Buffer>
  /** Path of the file behind a URL, whether it is there or not; `undefined` when the URL points elsewhere. */
  pathOf(url: string, from?: string): string | undefined
}

/** Looks at an output. */
export async function look(project: Project, output: Output): Promise<Seen> {
  const folder = project.at(output.folder)
  const base = new URL(output.publicPath, pageUrl).href
  // A server answers at home, wherever its files are.
  const site = new URL('/', pageUrl).href
  const address = output.kind === 'server' && !base.startsWith(site) ? site : base
  const files = await project.files(output.folder)
  const isEntry = (path: string): boolean =>
    typeof output.entry === 'string' ? path === output.entry : output.entry.test(path)
  const entry = join(folder, [...files.keys()].find(isEntry) ?? String(output.entry))
  const pathOf = (url: string, from = ''): string | undefined => {
    const absolute = new URL(url, new URL(from, base))
    if (absolute.protocol === 'file:') return relative(folder, fileURLToPath(absolute)).split(sep).join('/')
    return absolute.href.startsWith(base) ? decodeURI(absolute.href.slice(base.length)) : undefined
  }
  return {
    ...output,
    files,
    pathOf,
    bytesOf: async (url) => files.get(pathOf(url) ?? ''),
    shown:
      output.kind === 'page'
        ? readPage(await readFile(entry, 'utf8'))
        : await evaluate(entry, output.kind, folder, address),
  }
}

/** What stands as JSON in a page, or all of a text that is JSON itself. */
export function readPage(html: string): Shown {
  const json = /<script[^>]*id="shown"[^>]*>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? html
  return toShown(json)
}

/** Runs a built file in a process of its own. */
export async function evaluate(file: string, kind: string, folder: string, base: string): Promise<Shown> {
  const page = join(import.meta.dirname, kind === 'browser' ? 'browser.ts' : 'page.ts')
  const { stdout } = await run(process.execPath, [page, file, kind, `${folder}/`, base], { env: {} })
  return kind === 'server' ? readPage(stdout) : toShown(stdout)
}

function toShown(json: string): Shown {
  const shown: unknown = JSON.parse(json)
  if (typeof shown !== 'object' || shown === null) throw new Error(`nothing is shown: ${json.slice(0, 200)}`)
  return { ...shown }
}

/** The assets among what is shown. */
export function assetsIn(shown: unknown): HeroAsset[] {
  if (isAsset(shown)) return [shown]
  return typeof shown === 'object' && shown !== null ? Object.values(shown).flatMap(assetsIn) : []
}

function isAsset(value: unknown): value is HeroAsset {
  return typeof value === 'object' && value !== null && 'src' in value && 'sources' in value
}
