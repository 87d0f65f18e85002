/** The photos of a project with their uses. Nothing that the network says becomes a path: pages name photos of this list. */
import { basename, relative, sep } from 'node:path'
import type { StudioProject, Use, Uses } from './project.ts'
import type { ListedPhoto, ListedUse, PhotoList } from './wire.ts'

/** A photo and its uses. */
export interface Photo {
  /** Absolute path. */
  readonly file: string
  /** How pages name it. */
  readonly path: string
  readonly uses: readonly Use[]
}

/** A path as pages see it: relative to the root, with forward slashes. */
function toShownPath(root: string, file: string): string {
  return relative(root, file).split(sep).join('/')
}

/** Groups uses by photo, in the order of paths; equal queries of one photo are one use. */
function toPhotos(root: string, { uses }: Uses): readonly Photo[] {
  const photos = new Map<string, Map<string, Use>>()
  for (const use of uses) {
    const known = photos.get(use.file) ?? new Map<string, Use>()
    const twin = known.get(use.query)
    known.set(use.query, twin === undefined ? use : join(twin, use))
    photos.set(use.file, known)
  }
  return [...photos]
    .map(([file, known]) => ({ file, path: toShownPath(root, file), uses: [...known.values()] }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** The list as pages get it. */
function toList(root: string, found: Uses, photos: readonly Photo[]): PhotoList {
  return {
    project: basename(root),
    photos: photos.map(({ path, uses }): ListedPhoto => ({ path, uses: uses.map((use) => toListedUse(root, use)) })),
    missing: found.missing.map(({ written, importer }) => ({ written, importer: toShownPath(root, importer) })),
  }
}

/** A use as pages get it. */
export function toListedUse(root: string, { query, importers, loaded }: Use): ListedUse {
  return { query, importers: importers.map((file) => toShownPath(root, file)).sort(), loaded }
}

/** The photos that pages may name. */
export interface Photos {
  /** What the project uses now. */
  list(): Promise<PhotoList>
  /** The photo of this name, if the project uses it and the host may show it. */
  find(path: string): Promise<Photo | undefined>
}

/** The photos of a project; looked for again with every list, and for a name that no list had. */
export function createPhotos({ engine, uses, mayRead }: StudioProject): Photos {
  const { root } = engine.options
  let known: readonly Photo[] = []
  const look = async (): Promise<Uses> => {
    const found = await uses()
    known = toPhotos(root, found).filter(({ file }) => mayRead(file))
    return found
  }
  const byPath = (path: string): Photo | undefined => known.find((photo) => photo.path === path)
  return {
    list: async () => toList(root, await look(), known),
    async find(path) {
      if (byPath(path) === undefined) await look()
      return byPath(path)
    },
  }
}

function join(one: Use, other: Use): Use {
  return {
    ...one,
    loaded: one.loaded || other.loaded,
    importers: [...new Set([...one.importers, ...other.importers])],
  }
}
