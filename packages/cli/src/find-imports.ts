/** Which photos the sources of a project import, and with which queries: read from the text, without a bundler. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isHeroQuery } from '@hero-image/core'
import { glob } from 'tinyglobby'
import { inTurns } from './in-turns.ts'

/** Queries by photo; absolute paths. */
export type FoundImports = ReadonlyMap<string, ReadonlySet<string>>

const sources = '**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx,vue,svelte,astro,html,css,scss,sass,less,md,mdx}'

/** Output and caches hold copies of what the sources say. */
const ignore = ['**/node_modules/**', '**/dist/**', '**/build/**', '**/out/**', '**/.*/**', '**/*.d.ts']

const reference = /(?<path>[^\s"'`()<>=]+\.(?:jpe?g|png|webp|avif|gif|tiff?))\?(?<query>[^\s"'`<>]*)/gi

/**
 * Reads all sources below a folder. Paths made by code, `import.meta.glob` among them, are not seen.
 *
 * @param root absolute path of the project
 */
export async function findImports(root: string): Promise<FoundImports> {
  const files = await glob(sources, { cwd: root, absolute: true, ignore })
  const found = new Map<string, Set<string>>()
  const references = await inTurns(files, 16, async (file) => readReferences(file, await readFile(file, 'utf8')))
  const open: Reference[] = []
  const add = (photo: string, query: string): void => {
    found.set(photo, (found.get(photo) ?? new Set()).add(query))
  }
  for (const each of references.flat()) {
    const photo = resolveNear(each, root)
    if (photo === undefined) open.push(each)
    else add(photo, each.query)
  }
  // Whatever is left uses an alias of the project's own: the one photo whose path ends like it is meant.
  const photos =
    open.length === 0 ? [] : await glob('**/*.{jpg,jpeg,png,webp,avif,gif,tif,tiff}', { cwd: root, ignore })
  for (const { path, query } of open) {
    const end = `/${path.replace(/^[^/]*\//, '')}`
    const [match, ...others] = photos.filter((photo) => `/${photo}`.endsWith(end))
    if (match !== undefined && others.length === 0) add(resolve(root, match), query)
  }
  return found
}

interface Reference {
  readonly importer: string
  readonly path: string
  readonly query: string
}

function readReferences(importer: string, text: string): Reference[] {
  return [...text.matchAll(reference)].flatMap(({ groups }) => {
    // In CSS a bracket ends the reference, in HTML an ampersand may be written out.
    const query = (groups?.query ?? '').replace(/\).*$/, '').replaceAll('&amp;', '&')
    return isHeroQuery(query) ? [{ importer, path: groups?.path ?? '', query: `?${query}` }] : []
  })
}

function resolveNear({ importer, path }: Reference, root: string): string | undefined {
  const places = path.startsWith('/')
    ? [join(root, path), join(root, 'public', path), join(root, 'src', path)]
    : [resolve(dirname(importer), path)]
  return places.find((place) => existsSync(place))
}
