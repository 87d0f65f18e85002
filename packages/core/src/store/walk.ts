/** Lists what lies in the store. Whatever vanishes meanwhile is left out: others may be at work. */

import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing } from './file-error.ts'
import { isEntryName, type Room, rooms, toRoomFolder } from './layout.ts'

/** One entry as it lies on disk. */
export interface StoredEntry {
  readonly room: Room
  readonly file: string
  /** Size on disk with its header. */
  readonly bytes: number
  /** Last use in ms since 1970, exact to a day. */
  readonly usedAt: number
}

/** Names in a folder; none when there is no such folder. */
export async function listNames(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
}

/** All entries of the store in `dir`, complete or corrupt, in no particular order. */
export async function listEntries(dir: string): Promise<readonly StoredEntry[]> {
  const entries: StoredEntry[] = []
  for (const room of rooms) {
    const folder = toRoomFolder(dir, room)
    for (const shard of await listNames(folder)) {
      const files = (await listNames(join(folder, shard))).filter((name) => isEntryName(shard, name))
      const found = await Promise.all(files.map((name) => toStoredEntry(room, join(folder, shard, name))))
      entries.push(...found.filter((entry) => entry !== undefined))
    }
  }
  return entries
}

async function toStoredEntry(room: Room, file: string): Promise<StoredEntry | undefined> {
  const facts = await lstat(file).catch(() => undefined)
  return facts?.isFile() ? { room, file, bytes: facts.size, usedAt: facts.mtimeMs } : undefined
}
