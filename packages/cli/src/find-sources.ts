/** Names and patterns from the command line → photos on disk. */
import { existsSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { HeroError } from '@hero-image/core'
import { escapePath, glob, isDynamicPattern } from 'tinyglobby'

/** What was found. */
export interface FoundSources {
  /** Absolute paths, each once, in the order given. */
  readonly files: readonly string[]
  /** Patterns that match nothing. */
  readonly errors: readonly HeroError[]
}

/** A pattern such as `photos/*` means the photos there, not their sidecars. A file named as such is always taken. */
const photoName = /\.(?:jpe?g|jpe|jfif|png|webp|avif|gif|tiff?|svg|hei[cf])$/i

/**
 * Finds the photos. A file of exactly that name wins over the pattern it could be read as.
 *
 * @param out the output folder: what an earlier run wrote there is no source
 */
export async function findSources(given: readonly string[], cwd: string, out: string): Promise<FoundSources> {
  const files = new Set<string>()
  const errors: HeroError[] = []
  for (const name of given) {
    const literal = findLiteral(name, cwd)
    // Without an error of our own: the engine says best what is wrong with a file that is not there.
    const found =
      literal !== undefined ? [literal] : isDynamicPattern(name) ? await match(name, cwd, out) : [resolve(cwd, name)]
    if (found.length === 0) {
      errors.push(
        new HeroError('HERO_SOURCE_MISSING', 'No photo matches this pattern.', {
          file: name,
          hint: 'Check the pattern; quote it when the shell shall not expand it.',
        }),
      )
    }
    for (const file of found) files.add(file)
  }
  return { files: [...files], errors }
}

/** Accents can be stored in two Unicode forms, and keyboards do not know which one a file has. */
function findLiteral(name: string, cwd: string): string | undefined {
  const file = resolve(cwd, name)
  return [file, file.normalize('NFC'), file.normalize('NFD')].find((form) => existsSync(form))
}

async function match(pattern: string, cwd: string, out: string): Promise<string[]> {
  const inside = relative(cwd, out).split(sep).join('/')
  const ignored = inside === '' || inside.startsWith('..') ? [] : [`${escapePath(inside)}/**`]
  const found = await glob(pattern, {
    cwd,
    absolute: true,
    expandDirectories: false,
    ignore: pattern.includes('node_modules') ? ignored : [...ignored, '**/node_modules/**'],
  })
  return found
    .filter((file) => photoName.test(file))
    .map((file) => resolve(file))
    .sort()
}
