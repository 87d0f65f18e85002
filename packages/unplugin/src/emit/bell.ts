/** Wakes a watching build when a sidecar or the lock is saved for the first time: Rolldown cannot watch a file that does not exist yet. */
import { randomUUID } from 'node:crypto'
import { existsSync, type FSWatcher, readdirSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A file that the host watches in place of files that do not exist. */
export interface Bell {
  /**
   * Rings once `file` is there.
   *
   * @returns the file to watch instead
   */
  awaitFile(file: string): string
  /** Ends all waiting and removes the file. */
  close(): void
}

/** A bell; its file lies in the system's temp folder, since hosts do not watch `node_modules` and their own output. */
export function createBell(): Bell {
  const bell = join(tmpdir(), `hero-image-bell-${process.pid}-${randomUUID()}`)
  const folders = new Map<string, FSWatcher>()
  const awaited = new Set<string>()

  const ring = (file: string): void => {
    if (!awaited.has(file) || !existsSync(file)) return
    awaited.delete(file)
    writeFileSync(bell, file)
  }

  const listen = (folder: string): void => {
    if (folders.has(folder)) return
    const listener = watch(folder, { persistent: false }, (_, name) => {
      if (name !== null) ring(join(folder, name))
    })
    // A folder that goes away takes its photos with it; the host tells that.
    listener.on('error', () => listener.close())
    folders.set(folder, listener)
  }

  return {
    awaitFile(file) {
      if (!existsSync(bell)) {
        removeStale()
        writeFileSync(bell, '')
      }
      awaited.add(file)
      listen(dirname(file))
      ring(file)
      return bell
    },
    close() {
      for (const listener of folders.values()) listener.close()
      folders.clear()
      awaited.clear()
      rmSync(bell, { force: true })
    },
  }
}

/** Bells of processes that were killed. */
function removeStale(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = /^hero-image-bell-(\d+)-/.exec(name)?.[1]
    if (owner !== undefined && !isAlive(Number(owner))) rmSync(join(tmpdir(), name), { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Somebody else's process may not be asked, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
