/** Writes a file of the user's project so that others see it complete or not at all. */
import { randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { HeroError } from '../errors.ts'
import { toFileErrorCode } from './file-error.ts'

/**
 * Puts a text in place of what may be there.
 *
 * @throws HeroError HERO_OUTPUT_UNWRITABLE
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  // Beside the file: a rename within one folder cannot cross file systems.
  const temp = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`)
  try {
    await writeFile(temp, text, { flag: 'wx' })
    await rename(temp, file)
  } catch (cause) {
    await rm(temp, { force: true }).catch(() => undefined)
    const reason = `The file cannot be written (${toFileErrorCode(cause) ?? 'unknown'}).`
    throw new HeroError('HERO_OUTPUT_UNWRITABLE', reason, { file, cause })
  }
}
