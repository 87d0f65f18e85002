/** Files appear whole under their names, or not at all. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { HeroError } from '@hero-image/core'

/**
 * Writes a variant. Equal names mean equal contents, so a file that is there already stays; one that differs is not ours to replace.
 *
 * @throws HeroError HERO_OUTPUT_DIFFERS, HERO_OUTPUT_UNWRITABLE
 */
export async function writeVariant(file: string, bytes: Uint8Array): Promise<void> {
  const there = await readIfThere(file)
  if (there === undefined) return replaceFile(file, bytes)
  if (Buffer.compare(there, bytes) !== 0) {
    throw new HeroError('HERO_OUTPUT_DIFFERS', 'A file with this name and other contents is there already.', { file })
  }
}

/**
 * Writes a file whole, in place of one that may be there.
 *
 * @throws HeroError HERO_OUTPUT_UNWRITABLE
 */
export function replaceFile(file: string, bytes: Uint8Array): void {
  const temp = join(dirname(file), `.hero-image-${randomUUID()}.tmp`)
  // At once, so that an interruption comes before or after; a write in a thread could outlive its clean-up.
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(temp, bytes, { flag: 'wx' })
    renameSync(temp, file)
  } catch (error) {
    discard(temp)
    throw toOutputError(error, file)
  }
}

/** The bytes of a file, or `undefined` when there is none. @throws HeroError HERO_OUTPUT_UNWRITABLE */
export async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw toOutputError(error, file)
  }
}

function discard(temp: string): void {
  try {
    rmSync(temp, { force: true })
  } catch {
    // The first error says what is wrong with the folder.
  }
}

function toOutputError(cause: unknown, file: string): HeroError {
  const reason = `The file cannot be written (${codeOf(cause) ?? 'unknown'}).`
  return new HeroError('HERO_OUTPUT_UNWRITABLE', reason, { file, cause })
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
