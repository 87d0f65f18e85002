/** Packs everything about a person into a ZIP: JSON lines per table, the files themselves, and a manifest with their hashes. */
import { PassThrough } from 'node:stream'
import { ZipFile } from 'yazl'
import { type ReceivedFile, receiveFile } from '../../files/receive.ts'
import { type FillParts, fillExport } from './fill.ts'

/**
 * Packs into a temporary file without a name, which is gone when it is closed, or the process ends.
 *
 * @param folder for temporary files
 * @param signal stops it
 * @throws Error when a file cannot be read
 */
export async function packPerson(
  parts: FillParts,
  userId: string,
  folder: string,
  signal: AbortSignal,
): Promise<ReceivedFile> {
  const zip = new ZipFile()
  const output = new PassThrough()
  zip.outputStream.pipe(output)
  // Whoever fills it is told the same error.
  zip.on('error', () => undefined)
  const stop = new AbortController()
  const filled = fillExport(zip, parts, userId, AbortSignal.any([signal, stop.signal])).catch((error: unknown) => {
    output.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  try {
    const packed = await receiveFile(output, { folder, maxBytes: Number.POSITIVE_INFINITY })
    await filled
    return packed
  } finally {
    stop.abort()
  }
}
