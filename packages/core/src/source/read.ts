/** How a source gets from disk into memory, and how it is named by content. */
import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { HeroError } from '../errors.ts'
import { free } from './free.ts'

/** How much of a file is held while it is only hashed. */
const chunkBytes = 256 * 1024

/**
 * Reads a source whole.
 *
 * @param limits `bytes` is the largest accepted file.
 * @throws HeroError `HERO_SOURCE_MISSING`, `HERO_SOURCE_UNREADABLE`, `HERO_SOURCE_EMPTY`, `HERO_SOURCE_TOO_LARGE`, or `HERO_SOURCE_CHANGED` when
 * the file was written to meanwhile.
 */
export async function readSource(file: string, limits: { readonly bytes: number }): Promise<Buffer> {
  const { size } = await checkSource(file, limits)
  const bytes = await orSourceError(file, readFile(file))
  if (bytes.length !== size) throw changed(file)
  return bytes
}

/** The hash of a source, read piece by piece: a build may ask for hundreds at once. @throws HeroError what `readSource` throws */
export async function hashSourceFile(file: string, limits: { readonly bytes: number }): Promise<string> {
  const { size } = await checkSource(file, limits)
  const handle = await orSourceError(file, open(file))
  const chunk = Buffer.allocUnsafeSlow(Math.min(size, chunkBytes))
  try {
    const hash = createHash('sha256')
    let read = 0
    for (;;) {
      const { bytesRead } = await orSourceError(file, handle.read(chunk))
      if (bytesRead === 0) break
      hash.update(chunk.subarray(0, bytesRead))
      read += bytesRead
    }
    if (read !== size) throw changed(file)
    return hash.digest('hex')
  } finally {
    free(chunk)
    await handle.close()
  }
}

async function checkSource(file: string, limits: { readonly bytes: number }): Promise<Stats> {
  const stats = await statSource(file)
  // Opening a pipe would wait for its writer for ever.
  if (!stats.isFile()) {
    const what = stats.isDirectory() ? 'is a folder' : 'is not a regular file'
    throw new HeroError('HERO_SOURCE_UNREADABLE', `This ${what}.`, { file, hint: 'Name the photo itself.' })
  }
  if (stats.size === 0) throw new HeroError('HERO_SOURCE_EMPTY', 'The file is empty.', { file })
  if (stats.size > limits.bytes) {
    const reason = `The file has ${stats.size} bytes; the limit is ${limits.bytes}.`
    throw new HeroError('HERO_SOURCE_TOO_LARGE', reason, { file })
  }
  return stats
}

function changed(file: string): HeroError {
  return new HeroError('HERO_SOURCE_CHANGED', 'The file was written to while it was being read.', { file })
}

/** What the file system says of a source. @throws HeroError `HERO_SOURCE_MISSING`, `HERO_SOURCE_UNREADABLE` */
export function statSource(file: string): Promise<Stats> {
  return orSourceError(file, stat(file))
}

/** SHA-256 of the bytes, 64 lowercase hex digits: the identity of a source. */
export function hashSource(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The HeroError for a failed file operation: `HERO_SOURCE_MISSING` or `HERO_SOURCE_UNREADABLE`, with the system's own code. */
export function toSourceError(cause: unknown, file: string): HeroError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new HeroError('HERO_SOURCE_MISSING', 'There is no such file.', { file, cause })
  }
  return new HeroError('HERO_SOURCE_UNREADABLE', `The file cannot be read (${code}).`, { file, cause })
}

async function orSourceError<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    throw toSourceError(cause, file)
  }
}
