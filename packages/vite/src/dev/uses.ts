/** Every hero of a running dev server: what its modules, style sheets and documents have loaded, and what only the source files mention so far. */
import { isAbsolute } from 'node:path'
import type { FindPhoto, Use, Uses } from '@hero-image/studio'
import { splitId } from '@hero-image/unplugin/emit'
import type { ViteDevServer } from 'vite'
import type { Shown } from './shown.ts'

/** What has been loaded. */
export function loadedUses({ environments }: ViteDevServer, shown: Shown): readonly Use[] {
  const modules = Object.values(environments).flatMap(({ moduleGraph }) =>
    [...moduleGraph.idToModuleMap].flatMap(([id, { importers }]): Use[] => {
      const hero = splitId(id)
      // A module that nobody imports any more stays in the graph.
      if (hero === undefined || importers.size === 0) return []
      const files = [...importers].flatMap(({ file }) => (file === null ? [] : file.replace(/[?#].*$/, '')))
      return [{ ...hero, importers: files, loaded: true }]
    }),
  )
  const others = shown.all().map(({ file, query, owner }): Use => ({ file, query, importers: [owner], loaded: true }))
  return [...modules, ...others]
}

/** Aliases and packages are Vite's matter. */
export function createResolve({ environments }: ViteDevServer, simple: FindPhoto): FindPhoto {
  const resolve = async (written: string, importer: string): Promise<{ readonly id: string } | null | undefined> =>
    environments.client?.pluginContainer.resolveId(written, importer)
  return async (written, importer) => {
    const found = await simple(written, importer)
    if (found !== undefined) return found
    const resolved = await resolve(written, importer).catch(() => undefined)
    const file = resolved?.id.replace(/[?#].*$/, '')
    return file !== undefined && isAbsolute(file) ? simple(file, importer) : undefined
  }
}

/** Both lists; a mention of what has been loaded adds nothing. */
export function joinUses(loaded: readonly Use[], scanned: Uses): Uses {
  return { uses: [...loaded, ...scanned.uses], missing: scanned.missing }
}
