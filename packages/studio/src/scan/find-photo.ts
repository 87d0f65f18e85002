/** Where a path as written leads, for hosts that cannot be asked. */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { glob } from 'tinyglobby'
import { ignoredPatterns } from './ignored.ts'

/** Gives the absolute path of a photo, or `undefined`. */
export type FindPhoto = (written: string, importer: string) => Promise<string | undefined>

/**
 * Relative paths, paths from the root or from `public` or `src` in it, the two aliases that most starters set up; and of any other alias the one photo of the
 * project whose path ends like it.
 */
export function createFindPhoto(root: string): FindPhoto {
  return async (written, importer) => {
    const path = decode(written)
    const alias = /^[@~]\/(.+)$/.exec(path)?.[1]
    const places = path.startsWith('/')
      ? [join(root, path), join(root, 'public', path), join(root, 'src', path), path]
      : [
          resolve(dirname(importer), path),
          ...(alias === undefined ? [] : [join(root, 'src', alias), join(root, alias)]),
        ]
    // Accents can be stored in two Unicode forms.
    const near = places
      .flatMap((place) => [place, place.normalize('NFC'), place.normalize('NFD')])
      .find((place) => existsSync(place))
    const end = /^[^./][^/]*\/(.+)$/.exec(path)?.[1]
    return near ?? (end === undefined ? undefined : findByEnd(root, end))
  }
}

/** Looked for each time: this is rare, and photos come and go. */
async function findByEnd(root: string, end: string): Promise<string | undefined> {
  const photos = await glob('**/*.{jpg,jpeg,png,webp,avif,gif,tif,tiff,svg}', {
    cwd: root,
    absolute: true,
    ignore: [...ignoredPatterns(root)],
    caseSensitiveMatch: false,
    followSymbolicLinks: false,
  })
  const [match, ...others] = photos.filter((photo) => photo.endsWith(`/${end}`))
  return others.length === 0 && match !== undefined ? resolve(match) : undefined
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
