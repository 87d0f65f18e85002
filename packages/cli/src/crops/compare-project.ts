/** Which photos are meant, and what became of their crops. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { HeroError, type HeroLock, type LockedPhoto, type ResolvedOptions, toGlobPath } from '@hero-image/core'
import type { Input } from '../command.ts'
import { type FoundImports, findImports } from '../find-imports.ts'
import { findSources } from '../find-sources.ts'
import { checkQuery, toQuery } from '../override-flags.ts'
import { overrideNames } from '../override-table.ts'
import { comparePhoto, type PhotoChange } from './compare.ts'
import { computeCrops } from './compute.ts'

/** What was found. */
export interface ProjectChanges {
  /** In the order of their paths. */
  readonly changes: readonly PhotoChange[]
  /** What would be pinned, by path relative to the root. */
  readonly photos: ReadonlyMap<string, LockedPhoto>
  readonly errors: unknown[]
}

/**
 * Places the crops of the photos that were named, or of all that the project imports or the lock pins, and compares them with the lock.
 *
 * @throws HeroError HERO_SOURCE_MISSING when nothing was named and nothing is imported or pinned
 */
export async function compareProject(
  input: Input,
  names: readonly string[],
  options: ResolvedOptions,
  lock: HeroLock,
): Promise<ProjectChanges> {
  const { root } = options
  const imports = await findImports(root)
  const queriesOf = toQueriesOf(input, options, imports)
  const found = await findSources(names, process.cwd(), resolve(process.cwd(), 'hero-out'))
  const pinned = Object.keys(lock.crops).map((path) => resolve(root, path))
  const wanted = names.length > 0 ? found.files : [...new Set([...imports.keys(), ...pinned])]
  if (names.length === 0 && wanted.length === 0) {
    throw new HeroError('HERO_SOURCE_MISSING', 'No source of the project imports a photo as ?hero.', {
      file: root,
      hint: "Name photos or patterns: hero-image crops lock 'photos/*.jpg'.",
    })
  }
  const isGone = (file: string): boolean => names.length === 0 && !imports.has(file) && !existsSync(file)
  const { computed, errors } = await computeCrops(
    options,
    wanted.filter((file) => !isGone(file)),
    queriesOf,
  )
  const photos = new Map(
    computed.flatMap(({ file, photo }): [string, LockedPhoto][] => {
      if (photo === undefined) return []
      const path = toGlobPath(root, file)
      return [[path, names.length > 0 || imports.has(file) ? photo : onlyPinned(lock, path, photo)]]
    }),
  )
  const changes: PhotoChange[] = [
    ...[...photos].map(([path, photo]) => comparePhoto(lock, path, photo)),
    ...wanted.filter(isGone).map((file): PhotoChange => ({ path: toGlobPath(root, file), state: 'gone', crops: [] })),
  ]
  return {
    changes: changes.sort((a, b) => (a.path < b.path ? -1 : 1)),
    photos,
    errors: [...found.errors, ...errors],
  }
}

/** Of a photo that nobody names and no source is seen to import, the crops that were pinned: other presets may never show it. */
function onlyPinned(lock: HeroLock, path: string, photo: LockedPhoto): LockedPhoto {
  const pinned = lock.crops[path]?.crops ?? {}
  const crops = Object.entries(photo.crops).filter(([pin]) => Object.hasOwn(pinned, pin))
  return { ...photo, crops: Object.fromEntries(crops) }
}

/** What the flags say; else what the sources import; else every preset, since nobody knows how the photo will be used. */
function toQueriesOf(
  input: Input,
  options: ResolvedOptions,
  imports: FoundImports,
): (file: string) => readonly string[] {
  if (['preset', ...overrideNames].some((flag) => input.text(flag) !== undefined)) {
    const query = toQuery(input)
    checkQuery(options, query)
    return () => [query]
  }
  const every = Object.keys(options.presets).map((preset) => `?hero=${preset}`)
  return (file) => {
    const queries = [...(imports.get(file) ?? [])]
    return queries.length > 0 ? queries : every
  }
}
