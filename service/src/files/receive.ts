/** Receives a file of a stranger: onto the disk while it is hashed, never into memory, and no byte more than allowed. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ProblemError } from '../http/problem.ts'
import type { HashedFile } from './put-object.ts'

/** A file that has been received; it is gone when it is closed. */
export interface ReceivedFile extends HashedFile {
  close(): Promise<void>
}

/** Where to, and how much. */
export interface ReceiveOptions {
  readonly folder: string
  readonly maxBytes: number
}

/** The answer to files that are too large. */
export function tooLarge(maxBytes: number): ProblemError {
  return new ProblemError('payload-too-large', { detail: `A file may have ${maxBytes} bytes.` })
}

/**
 * Receives a file.
 *
 * @throws ProblemError payload-too-large, and what reading the chunks throws
 */
export async function receiveFile(
  chunks: AsyncIterable<Uint8Array>,
  { folder, maxBytes }: ReceiveOptions,
): Promise<ReceivedFile> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomUUID())
  const file = await open(path, 'wx+', 0o600)
  try {
    // It has no name from now on: whatever happens, nothing is left behind.
    await rm(path)
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > maxBytes) throw tooLarge(maxBytes)
      hash.update(chunk)
      await file.write(chunk)
    }
    return {
      bytes,
      sha256: hash.digest(),
      open: () => file.createReadStream({ start: 0, autoClose: false }),
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}
