/** Files appear whole under their names, or not at all. */
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { HeroError } from '@hero-image/core'
import { whileUndoable } from './interrupt.ts'

/**
 * Writes a variant. Equal names mean equal contents, so a file that is there already stays; one that differs is not ours to replace.
 *
 * @throws HeroError HERO_OUTPUT_DIFFERS, HERO_OUTPUT_UNWRITABLE
 */
export async function writeVariant(file: string, bytes: Uint8Array): Promise<void> {
  const there = await orOutputError(file, readIfThere(file))
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
export async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  const temp = join(dirname(file), `.hero-image-${randomUUID()}.tmp`)
  await whileUndoable(
    () => rmSync(temp, { force: true }),
    () => orOutputError(file, writeThrough(temp, file, bytes)),
  )
}

/** The bytes of a file, or `undefined` when there is none. */
export async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

async function writeThrough(temp: string, file: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(temp, bytes, { flag: 'wx' })
    await rename(temp, file)
  } catch (error) {
    await rm(temp, { force: true }).catch(() => undefined)
    throw error
  }
}

async function orOutputError<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    const code = codeOf(cause) ?? 'unknown'
    throw new HeroError('HERO_OUTPUT_UNWRITABLE', `The file cannot be written (${code}).`, { file, cause })
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
