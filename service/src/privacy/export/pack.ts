/**
 * Packs everything about a person into a ZIP: JSON lines per table, the files themselves, and a manifest with their hashes. It is written into a temporary file without
 * a name, which is gone when the process is.
 */
import { createHash } from 'node:crypto'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import type { HashedFile } from '../../files/put-object.ts'
import type { Service } from '../../service.ts'
import { fillExport } from './fill.ts'
import { tap } from './tap.ts'

/** A packed export; `close` forgets it. */
export interface PackedExport extends HashedFile {
  close(): Promise<void>
}

/**
 * Packs.
 *
 * @param signal stops it
 * @throws Error when a file cannot be read
 */
export async function packPerson(
  parts: Pick<Service, 'db' | 'storage' | 'clock' | 'publicUrl'>,
  userId: string,
  signal: AbortSignal,
): Promise<PackedExport> {
  const handle = await openNameless()
  const failed = new AbortController()
  const stop = AbortSignal.any([signal, failed.signal])
  const zip = new ZipFile()
  // Whoever fills it is told the same error.
  zip.on('error', () => undefined)
  const hash = createHash('sha256')
  const count = { bytes: 0 }
  try {
    const halves = [
      fillExport(zip, parts, userId, stop),
      pipeline(zip.outputStream, tap(hash, count), handle.createWriteStream({ autoClose: false }), { signal: stop }),
    ]
    // When one half fails, the other would wait for it.
    await Promise.all(halves.map((half) => half.finally(() => half.catch(() => failed.abort()))))
  } catch (error) {
    await handle.close()
    throw error
  }
  return {
    bytes: count.bytes,
    sha256: hash.digest(),
    open: () => handle.createReadStream({ start: 0, autoClose: false }),
    close: () => handle.close(),
  }
}

async function openNameless(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'hero-export-'))
  try {
    return await open(join(folder, 'export.zip'), 'wx+', 0o600)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
