/** One lock file: an empty SQLite database whose exclusive transaction is the lock. The system frees it on a kill. */

import { accessSync, constants, mkdirSync, statSync, unlinkSync } from 'node:fs'
import { dirname } from 'node:path'

type Sqlite = typeof import('node:sqlite')
type Database = InstanceType<Sqlite['DatabaseSync']>

const busy = 5
const attempts = 5

/** Keeps the garbage collector, which closes forgotten databases, from freeing the lock of a job that never ends. */
const held = new Set<Database>()

/** A lock that is held. */
export interface HeldLock {
  /** Frees the lock. */
  readonly release: () => void
  /** Deletes the lock file and frees the lock. Others who wait for it notice and use a new file. */
  readonly discard: () => void
}

let sqlite: Sqlite | undefined

// Asked of the process, not imported: loaded on first use, at once, and no bundler can rewrite the name.
function loadSqlite(): Sqlite {
  if (sqlite !== undefined) return sqlite
  const { emitWarning } = process
  // Node before 24.15 announces on the terminal that this module is experimental. Nothing else runs meanwhile.
  process.emitWarning = () => undefined
  try {
    sqlite = process.getBuiltinModule('node:sqlite')
  } finally {
    process.emitWarning = emitWarning
  }
  if (sqlite === undefined) throw new Error('this Node.js has no node:sqlite; 22.18 and later have')
  return sqlite
}

function toIdentity(file: string): bigint | undefined {
  return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino
}

function isBusy(error: unknown): boolean {
  // The low byte is the primary code, the rest says which kind of busy.
  return (
    error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === busy
  )
}

/**
 * Takes the lock when nobody holds it, in any thread or process of this machine; undefined when somebody does.
 *
 * Never waits. Never open a lock file in any other way: POSIX drops all locks a process has on a file as soon as it
 * closes any descriptor of it; SQLite knows this of its own descriptors only.
 *
 * @throws errors of the file system and of SQLite when the file cannot be locked at all.
 */
export function tryLockFile(file: string): HeldLock | undefined {
  const { DatabaseSync } = loadSqlite()
  for (let attempt = 1; ; attempt++) {
    mkdirSync(dirname(file), { recursive: true })
    const before = toIdentity(file)
    let database: Database | undefined
    try {
      database = new DatabaseSync(file, { timeout: 0 })
      // SQLite opens what it may not write for reading, and then its exclusive transaction excludes nobody.
      accessSync(file, constants.W_OK)
      // Beginning prepares the first page of the empty file; a journal on disk would lie beside the lock after a kill.
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    } catch (error) {
      database?.close()
      if (isBusy(error)) return undefined
      // Deleted at this very moment by somebody who clears the cache.
      if (attempt < attempts && toIdentity(file) === undefined) continue
      throw error
    }
    // A file deleted between opening and locking is locked for nobody else; a file just made may be one of those.
    if (before !== undefined && before === toIdentity(file)) return toHeldLock(file, database)
    database.close()
  }
}

function toHeldLock(file: string, database: Database): HeldLock {
  held.add(database)
  const release = (): void => {
    held.delete(database)
    database.close()
  }
  const discard = (): void => {
    try {
      unlinkSync(file)
    } catch {
      // Windows keeps a file that is open; it costs nothing, as it is empty.
    }
    release()
  }
  return { release, discard }
}
