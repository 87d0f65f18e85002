/** Looks through the source files of a project for heroes, so that the list is complete before every page has been opened. */
import { readFile, stat } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import { escapePath, glob } from 'tinyglobby'
import type { Missing, Use, Uses } from '../project.ts'
import type { FindPhoto } from './find-photo.ts'
import { ignoredPatterns } from './ignored.ts'
import { findMentions, type Mention, mayMention } from './mentions.ts'

const sources = '**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx,vue,svelte,astro,html,css,scss,sass,less,styl,pcss,md,mdx}'

/** Longer files are made by tools. */
const mostBytes = 1024 * 1024

/** How often files are looked for, ms: a page asks several times in a row. */
const rest = 1000

/** What a scan goes by. */
export interface ScanOptions {
  /** Absolute path of the project. */
  readonly root: string
  readonly find: FindPhoto
  /**
   * Absolute paths of more folders without source files.
   * @default none
   */
  readonly ignore?: readonly string[]
}

/** A scan that can be asked again and again; files that have not changed are not read again. */
export function createScan({ root, find, ignore = [] }: ScanOptions): () => Promise<Uses> {
  const known = new Map<string, { readonly stamp: string; readonly mentions: readonly Mention[] }>()
  let latest: { readonly at: number; readonly uses: Promise<Uses> } | undefined

  const read = async (file: string): Promise<readonly Mention[]> => {
    const { mtimeMs, size } = await stat(file)
    const stamp = `${mtimeMs} ${size}`
    const seen = known.get(file)
    if (seen?.stamp === stamp) return seen.mentions
    const text = size > mostBytes ? '' : await readFile(file, 'utf8')
    const mentions = mayMention(text) ? findMentions(text) : []
    known.set(file, { stamp, mentions })
    return mentions
  }

  const scan = async (): Promise<Uses> => {
    const ignored = [...ignoredPatterns(root), ...ignore.map((folder) => toPattern(root, folder))]
    const files = await glob(sources, { cwd: root, absolute: true, ignore: ignored, followSymbolicLinks: false })
    const uses: Use[] = []
    const missing: Missing[] = []
    for (const importer of files.map((file) => resolve(file)).sort()) {
      // A file may be gone by now.
      for (const { path, query } of await read(importer).catch(() => [])) {
        const file = await find(path, importer)
        if (file !== undefined) uses.push({ file, query, importers: [importer], loaded: false })
        // Texts about heroes name photos that never were.
        else if (!/\.mdx?$/.test(importer)) missing.push({ written: `${path}?${query}`, importer })
      }
    }
    return { uses, missing }
  }

  return () => {
    if (latest === undefined || Date.now() - latest.at > rest) latest = { at: Date.now(), uses: scan() }
    return latest.uses
  }
}

function toPattern(root: string, folder: string): string {
  return `${escapePath(relative(root, folder).split(sep).join('/'))}/**`
}
