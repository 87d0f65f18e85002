/**
 * One process per embedded database: two would overwrite each other without an error. The lock is SQLite's own on a file beside the database; the operating system frees it
 * when the process dies, however it dies, so there is nothing stale to clean up.
 */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Frees the database for others. */
export type Unlock = () => void

/**
 * Takes the lock.
 *
 * @param path of the lock file; made when it is missing
 * @throws Error when another process has it
 */
export function lockInstance(path: string): Unlock {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const lock = new DatabaseSync(path, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    throw new Error(
      `The embedded database beside ${path} is in use by another process. Stop that one, or use DATABASE_URL.`,
      { cause: error },
    )
  }
  return () => lock.close()
}
