/** What the config says about one photo: `photos` maps patterns to decisions. */
import { relative, sep } from 'node:path'
import picomatch from 'picomatch'
import type { Decisions } from '../types.ts'
import type { ResolvedOptions } from './resolve.ts'

/**
 * The decisions of all patterns that match a photo; a later pattern wins over an earlier one, decision by decision.
 *
 * @param file absolute path of the photo
 */
export function photoDecisions({ root, photos }: Pick<ResolvedOptions, 'root' | 'photos'>, file: string): Decisions {
  const patterns = Object.entries(photos)
  if (patterns.length === 0) return {}
  const path = toGlobPath(root, file)
  return Object.assign({}, ...patterns.flatMap(([pattern, said]) => (matches(path, pattern) ? [said] : [])))
}

/** A photo as patterns and locks name it: relative to the root, with slashes. */
export function toGlobPath(root: string, file: string): string {
  return relative(root, file).split(sep).join('/')
}

function matches(path: string, pattern: string): boolean {
  // Folders whose names begin with a dot hold photos too.
  return picomatch.isMatch(path, pattern.replace(/^\.\//, ''), { dot: true })
}
