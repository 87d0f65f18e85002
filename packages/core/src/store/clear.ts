/** Empties a store without touching anything that the store did not make. */

import { lstat, readdir, rm, rmdir } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { HeroError } from '../errors.ts'
import { isMissing } from './file-error.ts'
import { isEntryName, rooms, toLockFolder, toVersionFolder } from './layout.ts'
import { tryLockFile } from './lock-file.ts'
import { type StoreAmount, toAmount } from './prune.ts'
import { listEntries } from './walk.ts'

interface Found {
  readonly file: string
  readonly isFolder: boolean
  readonly isOurs: boolean
}

/**
 * Removes everything the store made in `dir`: entries, temp files, lock files, the hash index and their folders, and
 * gives the number and size of the entries that were there. Other files of `dir` stay. A missing or empty folder is fine.
 *
 * Safe beside running builds: they miss entries and make them again; a lock that is held keeps its file.
 *
 * @throws HeroError HERO_INVALID_OPTION, before anything is removed, when files of somebody else lie among the store's.
 */
export async function clearStore(dir: string): Promise<StoreAmount> {
  const found = await listAll(toVersionFolder(dir))
  const foreign = found.find(({ isOurs }) => !isOurs)
  if (foreign !== undefined) {
    const reason = `The folder is not cleared, because it holds something the cache did not make: ${relative(dir, foreign.file)}.`
    throw new HeroError('HERO_INVALID_OPTION', reason, {
      file: dir,
      hint: 'Check `cache.dir`, or move that file away.',
    })
  }
  const amount = toAmount(await listEntries(dir))
  const locks = toLockFolder(dir) + sep
  for (const { file, isFolder } of found) {
    if (isFolder) continue
    if (file.startsWith(locks)) discardLock(file)
    else await rm(file, { force: true }).catch(() => undefined)
  }
  // Deepest first. A folder in which a running build has just written something stays.
  const folders = found.filter(({ isFolder }) => isFolder).toSorted((a, b) => b.file.length - a.file.length)
  for (const { file } of folders) await rmdir(file).catch(() => undefined)
  return amount
}

/** The version folder and everything in it; nothing when there is none. Links are listed, not followed. */
async function listAll(folder: string): Promise<readonly Found[]> {
  const facts = await lstat(folder).catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  if (facts === undefined) return []
  if (!facts.isDirectory()) return [{ file: folder, isFolder: false, isOurs: false }]
  const inside = await readdir(folder, { recursive: true, withFileTypes: true })
  const found = inside.map((entry) => {
    const file = join(entry.parentPath, entry.name)
    const path = relative(folder, file).split(sep)
    const isFolder = entry.isDirectory()
    return { file, isFolder, isOurs: isFolder ? isOurFolder(path) : entry.isFile() && isOurFile(path) }
  })
  return [{ file: folder, isFolder: true, isOurs: true }, ...found]
}

const isRoom = (name: string): boolean => rooms.some((room) => room === name)

function isOurFolder([first = '', shard, ...deeper]: readonly string[]): boolean {
  if (deeper.length > 0) return false
  if (shard === undefined) return isRoom(first) || first === 'tmp' || first === 'locks'
  return isRoom(first) && /^[0-9a-z]{1,2}$/.test(shard)
}

/** Files that file managers leave in every folder they show. */
const litter: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])

function isOurFile(path: readonly string[]): boolean {
  const [first = '', second = '', third = ''] = path
  if (litter.has(basename(path.join(sep)))) return true
  if (path.length === 3) return isRoom(first) && isEntryName(second, third)
  if (path.length === 2 && first === 'tmp') return /^[0-9a-f-]{36}$/.test(second)
  if (path.length === 2 && first === 'locks') return /^(?:[0-9a-f]{2}|slot-\d+)\.sqlite$/.test(second)
  return path.length === 1 && first === 'hashes.json'
}

function discardLock(file: string): void {
  try {
    tryLockFile(file)?.discard()
  } catch {
    // Not ours to delete by permission: an empty file stays.
  }
}
