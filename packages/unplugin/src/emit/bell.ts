/** Wakes a watching build when a sidecar or the lock is saved for the first time: Rolldown cannot watch a file that does not exist yet. */
import { randomUUID } from 'node:crypto'
import { existsSync, type FSWatcher, rmSync, watch, writeFileSync } from 'node:fs'
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
  const bell = join(tmpdir(), `hero-image-bell-${randomUUID()}`)
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
      if (!existsSync(bell)) writeFileSync(bell, '')
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
