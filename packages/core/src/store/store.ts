/** The content-addressed folder: one file per entry, complete or absent, shared by threads and processes. */

import { closeSync, fstatSync, openSync, readSync, readvSync } from 'node:fs'
import { rm, utimes } from 'node:fs/promises'
import { sweepTemp, writeAtomic } from './atomic-write.ts'
import { headerSize, isEntry, isEntryHeader, toEntryHeader } from './entry.ts'
import { isMissing, toCacheError, toFileErrorCode } from './file-error.ts'
import { type Room, toEntryFile } from './layout.ts'

/** `read-write` keeps what is made, `read-only` never touches the folder, `off` has nothing and keeps nothing. */
export type StoreMode = 'read-write' | 'read-only' | 'off'

/** Entries by room and key. A key is made of 0-9 and a-z, anything else is a TypeError. */
export interface Store {
  readonly dir: string
  readonly mode: StoreMode
  /** True when the entry is there with the right length; its payload is not checked, so a read may still miss. */
  readonly has: (room: Room, key: string) => Promise<boolean>
  /**
   * The payload, or undefined when there is none. A torn or corrupt entry is removed and counts as none.
   *
   * @throws HeroError HERO_CACHE_UNWRITABLE when the entry exists and may not be read.
   */
  readonly read: (room: Room, key: string) => Promise<Uint8Array | undefined>
  /**
   * Keeps the payload; an entry of the same key is replaced. Does nothing unless the mode is `read-write`.
   *
   * @throws HeroError HERO_CACHE_UNWRITABLE when the folder does not take it; nothing half-written stays.
   */
  readonly write: (room: Room, key: string, payload: Uint8Array) => Promise<void>
}

const dayMs = 24 * 60 * 60 * 1000

// Synchronous on purpose: 10 µs each, against 60 µs (all at once) to 270 µs (in a row) through the thread pool.
function hasEntry(file: string): boolean {
  let descriptor: number
  try {
    descriptor = openSync(file, 'r')
  } catch {
    return false
  }
  try {
    const header = new Uint8Array(headerSize)
    return readSync(descriptor, header) === headerSize && isEntryHeader(header, fstatSync(descriptor).size)
  } catch {
    return false
  } finally {
    closeSync(descriptor)
  }
}

interface LoadedEntry {
  /** Absent when the file is torn or corrupt. */
  readonly payload?: Uint8Array
  readonly usedAt: number
}

// Synchronous for the same reason: 72 entries of a warm build cost 8 ms of CPU instead of 23.
function loadEntry(file: string): LoadedEntry {
  const descriptor = openSync(file, 'r')
  try {
    const { size, mtimeMs } = fstatSync(descriptor)
    if (size < headerSize) return { usedAt: mtimeMs }
    // Two buffers, so that the payload owns its memory and can be transferred to another thread.
    const header = new Uint8Array(headerSize)
    const payload = new Uint8Array(size - headerSize)
    readvSync(descriptor, [header, payload])
    return isEntry(header, payload) ? { payload, usedAt: mtimeMs } : { usedAt: mtimeMs }
  } finally {
    closeSync(descriptor)
  }
}

/** The store in the cache folder `dir`. Touches nothing before its first write; folders are made as needed. */
export function createStore({ dir, mode }: { dir: string; mode: StoreMode }): Store {
  const writable = mode === 'read-write'
  let swept: Promise<void> | undefined

  async function read(room: Room, key: string): Promise<Uint8Array | undefined> {
    const file = toEntryFile(dir, room, key)
    if (mode === 'off') return undefined
    let entry: LoadedEntry
    try {
      entry = loadEntry(file)
    } catch (error) {
      // EBUSY: Windows, while another process replaces the file.
      if (isMissing(error) || toFileErrorCode(error) === 'EBUSY') return undefined
      throw toCacheError(dir, 'read', error)
    }
    if (entry.payload === undefined) {
      if (writable) await rm(file, { force: true }).catch(() => undefined)
      return undefined
    }
    const now = new Date()
    // Once a day is enough for pruning by last use and spares a warm build hundreds of writes.
    if (writable && now.getTime() - entry.usedAt > dayMs) await utimes(file, now, now).catch(() => undefined)
    return entry.payload
  }

  async function write(room: Room, key: string, payload: Uint8Array): Promise<void> {
    const file = toEntryFile(dir, room, key)
    if (!writable) return
    swept ??= sweepTemp(dir)
    await swept
    try {
      await writeAtomic(dir, file, [toEntryHeader(payload), payload])
    } catch (error) {
      // Windows refuses to replace a file that someone reads. The entry is then there already, which is all we want.
      if (toFileErrorCode(error) !== undefined && hasEntry(file)) return
      throw toCacheError(dir, 'written', error)
    }
  }

  return {
    dir,
    mode,
    has: async (room, key) => {
      const file = toEntryFile(dir, room, key)
      return mode !== 'off' && hasEntry(file)
    },
    read,
    write,
  }
}
