/** Spares hashing unchanged files: path, size, times of change and inode → SHA-256, kept in one small JSON file. */

import { readFileSync } from 'node:fs'
import { writeAtomic } from './atomic-write.ts'
import { toFileErrorCode } from './file-error.ts'
import { toHashIndexFile } from './layout.ts'

/** What the file system says of a file: fits `fs.Stats`. */
export interface FileStamp {
  /** Bytes. */
  readonly size: number
  /** Milliseconds, with the fraction the file system gives. */
  readonly mtimeMs: number
  readonly ino?: number
  /** Time of any change, in milliseconds: unlike `mtimeMs` nobody can set it back. */
  readonly ctimeMs?: number
}

/** Hashes of files by absolute path. */
export interface HashIndex {
  /** The hash of the file's bytes, when size, times and inode are those it had when it was hashed. */
  readonly hashOf: (file: string, stamp: FileStamp) => string | undefined
  /**
   * Keeps the hash for later. `stamp` must have been taken before the bytes were read; `readAt` (ms, default now) is
   * when the reading began. Ignored when the file had changed less than 2 s before that.
   */
  readonly remember: (file: string, stamp: FileStamp, hash: string, readAt?: number) => void
  /** Writes what is new to the cache folder. Best effort: an index that cannot be kept costs time, not pictures. */
  readonly flush: () => Promise<void>
}

interface HashRecord {
  readonly size: number
  readonly mtimeMs: number
  readonly ino: number
  readonly ctimeMs: number
  readonly hash: string
  /** Day of the last use, counted from 1970. */
  readonly day: number
}

/** A second write within one tick of the clock leaves size and time as they were. The coarsest tick, FAT's, is 2 s. */
const settledMs = 2000
const keptDays = 90
const refreshDays = 30

const toDay = (ms: number): number => Math.floor(ms / 86_400_000)

/** The index of the cache folder `dir`. Read on first use; a missing or corrupt one is empty. */
export function createHashIndex(dir: string): HashIndex {
  const file = toHashIndexFile(dir)
  const fresh = new Map<string, HashRecord>()
  let stored: Map<string, HashRecord> | undefined
  let dirty = false

  function put(path: string, record: HashRecord): void {
    fresh.set(path, record)
    dirty = true
  }

  return {
    hashOf: (path, stamp) => {
      stored ??= loadRecords(file)
      const record = fresh.get(path) ?? stored.get(path)
      if (record === undefined || !isSameStamp(record, stamp)) return undefined
      const today = toDay(Date.now())
      if (today - record.day > refreshDays) put(path, { ...record, day: today })
      return record.hash
    },
    remember: (path, { size, mtimeMs, ino = 0, ctimeMs = 0 }, hash, readAt = Date.now()) => {
      if (readAt - Math.max(mtimeMs, ctimeMs) >= settledMs) {
        put(path, { size, mtimeMs, ino, ctimeMs, hash, day: toDay(Date.now()) })
      }
    },
    flush: async () => {
      if (!dirty) return
      dirty = false
      // Merged with what others wrote meanwhile. Two at the same moment lose records of one; those files are hashed again.
      const oldest = toDay(Date.now()) - keptDays
      const records = [...loadRecords(file), ...fresh].filter(([, { day }]) => day >= oldest)
      try {
        await writeAtomic(dir, file, [Buffer.from(JSON.stringify({ version: 1, files: Object.fromEntries(records) }))])
      } catch (error) {
        if (toFileErrorCode(error) === undefined) throw error
      }
    },
  }
}

function isSameStamp(record: HashRecord, { size, mtimeMs, ino = 0, ctimeMs = 0 }: FileStamp): boolean {
  return record.size === size && record.mtimeMs === mtimeMs && record.ino === ino && record.ctimeMs === ctimeMs
}

function loadRecords(file: string): Map<string, HashRecord> {
  try {
    const index: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (!isObject(index) || index.version !== 1 || !isObject(index.files)) return new Map()
    return new Map(Object.entries(index.files).filter((entry): entry is [string, HashRecord] => isRecord(entry[1])))
  } catch {
    return new Map()
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

function isRecord(value: unknown): value is HashRecord {
  return (
    isObject(value) &&
    [value.size, value.mtimeMs, value.ino, value.ctimeMs, value.day].every((number) => typeof number === 'number') &&
    typeof value.hash === 'string' &&
    /^[0-9a-f]{64}$/.test(value.hash)
  )
}
