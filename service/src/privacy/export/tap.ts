/** Hashes and counts what flows by. */
import type { Hash } from 'node:crypto'
import { Transform } from 'node:stream'

/** A stream that passes everything on. */
export function tap(hash: Hash, count: { bytes: number }): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      count.bytes += chunk.length
      done(null, chunk)
    },
  })
}
