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

/**
 * Reads a header.
 *
 * @returns undefined when the pipe ends before it does
 * @throws Error for what is no header
 */
export async function readHeader(pipe: Readable): Promise<unknown> {
  const length = (await readBytes(pipe, 4))?.readUInt32BE()
  if (length === undefined) return undefined
  if (length > maxHeaderBytes) throw new Error('The header of a message is too long.')
  const text = await readBytes(pipe, length)
  return text === undefined ? undefined : JSON.parse(text.toString('utf8'))
}

/** Reads that many bytes, or undefined when the pipe ends before. */
export async function readBytes(pipe: Readable, length: number): Promise<Buffer | undefined> {
  if (length === 0) return Buffer.alloc(0)
  for (;;) {
    const bytes: unknown = pipe.read(length)
    if (Buffer.isBuffer(bytes)) return bytes.length === length ? bytes : undefined
    if (pipe.readableEnded || pipe.destroyed) return undefined
    await firstOf(pipe, ['readable', 'end', 'close'])
  }
}

/** Writes bytes at the pace of the reader; a pipe that is broken takes them all. */
export async function writeBytes(pipe: Writable, bytes: Uint8Array): Promise<void> {
  if (pipe.destroyed || pipe.write(bytes) || pipe.destroyed) return
  await firstOf(pipe, ['drain', 'close'])
}

/** Waits for the first of some events; an error is followed by `close`, and comes down to it. */
async function firstOf(pipe: Readable | Writable, names: readonly string[]): Promise<void> {
  const stop = new AbortController()
  try {
    await Promise.race(names.map((name) => once(pipe, name, { signal: stop.signal })))
  } catch {
    // The pipe is broken, which its state tells.
  } finally {
    stop.abort()
  }
}
