/** Writes what a person decided: sidecars and the lock. */
import { rm } from 'node:fs/promises'
import { HeroError } from '../errors.ts'
import type { ResolvedOptions } from '../options/resolve.ts'
import { formatLock, type HeroLock, lockPath, parseLock, readLock } from '../source/lock.ts'
import { parseSidecar, sidecarPath } from '../source/sidecar.ts'
import { formatSidecar, type Sidecar } from '../source/sidecar-text.ts'
import { withLock } from '../store/lock.ts'
import { replaceFile } from '../store/replace-file.ts'

/**
 * Writes the sidecar of a source, whole, in place of the one that may be there. One that decides nothing is removed.
 *
 * @returns the text that stands in the file now; empty when there is none
 * @throws HeroError HERO_INVALID_SIDECAR when a value cannot be, HERO_OUTPUT_UNWRITABLE
 */
export async function saveSidecar(source: string, sidecar: Sidecar): Promise<string> {
  const file = sidecarPath(source)
  const text = formatSidecar(sidecar)
  const { photo: _, ...decisions } = parseSidecar(text, file)
  if (Object.keys(decisions).length > 0) {
    await replaceFile(file, text)
    return text
  }
  await rm(file, { force: true }).catch((cause: unknown) => {
    throw new HeroError('HERO_OUTPUT_UNWRITABLE', 'The sidecar cannot be removed.', { file, cause })
  })
  return ''
}

/**
 * Changes the lock of a project. Nobody else who changes it this way comes between reading and writing.
 *
 * @param change given what is in the file at that moment
 * @returns what is in the file now
 * @throws HeroError HERO_INVALID_LOCK, HERO_OUTPUT_UNWRITABLE, HERO_CACHE_UNWRITABLE
 */
export async function updateLock(
  { root, cache }: Pick<ResolvedOptions, 'root' | 'cache'>,
  change: (lock: HeroLock) => HeroLock,
): Promise<HeroLock> {
  const file = lockPath(root)
  return withLock(cache.dir, file, async () => {
    const before = await readLock(root)
    const text = formatLock(change(before))
    const after = parseLock(text, file)
    if (text !== formatLock(before)) await replaceFile(file, text)
    return after
  })
}
