/** Writes a file of the store so that others see it complete or not at all. */

import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { toFileErrorCode } from './file-error.ts'
import { staleTempMs, toTempFolder } from './layout.ts'

/** Another process may clear the cache, temp files included, at any step; each time that costs one attempt. */
const attempts = 5

/**
 * Writes the parts one after the other to a temp file of the cache folder `dir` and renames it to `file`.
 *
 * The temp file is removed when anything fails. Errors of the file system are thrown as they are.
 */
export async function writeAtomic(dir: string, file: string, parts: readonly Uint8Array[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    // Process id and thread id repeat between containers that share a folder; a random name does not.
    const temp = join(toTempFolder(dir), randomUUID())
    try {
      await mkdir(dirname(temp), { recursive: true })
      await mkdir(dirname(file), { recursive: true })
      // No fsync: a killed process loses nothing it wrote, and after a power cut the hash in an entry tells.
      await writeFile(temp, parts, { flag: 'wx' })
      return await rename(temp, file)
    } catch (error) {
      await rm(temp, { force: true }).catch(() => undefined)
      if (toFileErrorCode(error) !== 'ENOENT' || attempt === attempts) throw error
    }
  }
}

/** Removes temp files that killed processes left behind: those older than an hour at `now` (ms). Never fails. */
export async function sweepTemp(dir: string, now: number = Date.now()): Promise<void> {
  const folder = toTempFolder(dir)
  const names = await readdir(folder).catch((): string[] => [])
  for (const name of names) {
    const file = join(folder, name)
    const facts = await stat(file).catch(() => undefined)
    if (facts !== undefined && now - facts.mtimeMs > staleTempMs) await rm(file, { force: true }).catch(() => undefined)
  }
}
