/** Files on disk. Written beside their place and moved there, so that nobody sees half a file. */
import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { checkKey, type Storage } from './storage.ts'

/**
 * Keeps files below a folder.
 *
 * @param folder absolute path; made when it is missing
 */
export function createDiskStorage(folder: string): Storage {
  const partial = join(folder, '.partial')
  const toPath = (key: string): string => join(folder, checkKey(key))
  return {
    async put(key, body) {
      const path = toPath(key)
      const temporary = join(partial, randomUUID())
      await mkdir(partial, { recursive: true })
      await mkdir(dirname(path), { recursive: true })
      try {
        await pipeline(
          body instanceof Uint8Array ? Readable.from([body]) : body,
          createWriteStream(temporary, { mode: 0o600 }),
        )
        await flush(temporary)
        await rename(temporary, path)
      } finally {
        await rm(temporary, { force: true })
      }
    },
    async get(key, range) {
      const path = toPath(key)
      // Opened before it is handed out: a file that is missing is told here, not in the middle of an answer.
      const file = await open(path).catch(ignoreMissing)
      return file && createReadStream(path, { fd: file, ...(range ?? {}) })
    },
    async head(key) {
      const facts = await stat(toPath(key)).catch(ignoreMissing)
      return facts && { bytes: facts.size, storedAt: facts.mtime }
    },
    async remove(key) {
      await rm(toPath(key), { force: true })
    },
    async *list(prefix) {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(ignoreMissing)
      for (const entry of entries ?? []) {
        const key = join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/')
        if (entry.isFile() && !key.startsWith('.partial/') && key.startsWith(prefix)) yield key
      }
    },
  }
}

/** The rows that name a file are committed after it: it has to be on the disk by then. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
