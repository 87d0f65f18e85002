/** Decides what the user is told when the file system refuses something in the cache folder. */

import { HeroError } from '../errors.ts'

/** The file system's code of an error, such as `ENOENT`; undefined for any other error. */
export function toFileErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** True when the file or a folder above it does not exist. */
export function isMissing(error: unknown): boolean {
  const code = toFileErrorCode(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}

const explanations: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the limit for the size of a file is reached',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  EMFILE: 'too many files are open',
}

/** The HERO_CACHE_UNWRITABLE that names the cache folder and what was tried: `written`, `read` or `locked`. */
export function toCacheError(dir: string, tried: 'written' | 'read' | 'locked', cause: unknown): HeroError {
  const code = toFileErrorCode(cause)
  const detail = cause instanceof Error ? cause.message : String(cause)
  const why = code === undefined ? detail : `${explanations[code] ?? detail} (${code})`
  return new HeroError('HERO_CACHE_UNWRITABLE', `The cache folder cannot be ${tried}: ${why}.`, { file: dir, cause })
}
