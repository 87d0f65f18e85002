/** Where a path as written leads, for hosts that cannot be asked. */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Gives the absolute path of a photo, or `undefined`. */
export type FindPhoto = (written: string, importer: string) => Promise<string | undefined>

/** Relative paths, paths from the root, and the two aliases that most starters set up. */
export function createFindPhoto(root: string): FindPhoto {
  return async (written, importer) => {
    const path = decode(written)
    const alias = /^[@~]\/(.+)$/.exec(path)?.[1]
    const places = path.startsWith('/')
      ? [join(root, path), path]
      : [
          resolve(dirname(importer), path),
          ...(alias === undefined ? [] : [join(root, 'src', alias), join(root, alias)]),
        ]
    // Accents can be stored in two Unicode forms.
    return places
      .flatMap((place) => [place, place.normalize('NFC'), place.normalize('NFD')])
      .find((place) => existsSync(place))
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
