/** Messages on a pipe: the length of a header, the header as JSON, then files whose lengths the header tells. */
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'

/** A longer header is none of ours. */
const maxHeaderBytes = 256 * 1024

/** A header as it goes over the pipe. */
export function toFrame(header: object): Buffer {
  const text = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, text])
}

/** Reads messages off a pipe. */
export interface FrameReader {
  /**
   * Reads a header.
   *
   * @returns undefined when the pipe ends before it does
   * @throws Error for what is no header
   */
  header(): Promise<unknown>
  /** Reads that many bytes, or undefined when the pipe ends before. */
  bytes(length: number): Promise<Buffer | undefined>
}

/** Creates a reader, to which the pipe then belongs. */
export function createFrameReader(pipe: Readable): FrameReader {
  const chunks: AsyncIterator<Buffer> = pipe[Symbol.asyncIterator]()
  let held: Buffer[] = []
  let heldBytes = 0

  async function bytes(length: number): Promise<Buffer | undefined> {
    while (heldBytes < length) {
      // A pipe that breaks has ended.
      const next = await chunks.next().catch(() => undefined)
      if (next === undefined || next.done === true) return undefined
      held.push(next.value)
      heldBytes += next.value.length
    }
    const all = Buffer.concat(held)
    held = [all.subarray(length)]
    heldBytes -= length
    return all.subarray(0, length)
  }
  return {
    bytes,
    async header() {
      const length = (await bytes(4))?.readUInt32BE()
      if (length === undefined) return undefined
      if (length > maxHeaderBytes) throw new Error('The header of a message is too long.')
      const text = await bytes(length)
      return text === undefined ? undefined : JSON.parse(text.toString('utf8'))
    },
  }
}

/** Writes bytes at the pace of the reader; a pipe that is broken takes them all. */
export async function writeBytes(pipe: Writable, bytes: Uint8Array): Promise<void> {
  if (pipe.destroyed || pipe.write(bytes) || pipe.destroyed) return
  const stop = new AbortController()
  try {
    await Promise.race(['drain', 'close'].map((name) => once(pipe, name, { signal: stop.signal })))
  } catch {
    // The pipe is broken, which its other end tells.
  } finally {
    stop.abort()
  }
}
