/** Where files are kept: on disk or in a bucket. */
import type { Readable } from 'node:stream'

/** A part of a file: first and last byte, both included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** What storage knows of a file. */
export interface StoredFacts {
  readonly bytes: number
  readonly storedAt: Date
}

/** A place for files. Keys are `a/b/c` of `[a-z0-9-]`, chosen by us and never by a client. */
export interface Storage {
  /** Stores a file, whole or not at all; one that is there already is replaced. A hash that is given is checked where storage can. */
  put(
    key: string,
    body: Uint8Array | Readable,
    facts: { readonly bytes: number; readonly mediaType: string; readonly sha256?: Uint8Array },
  ): Promise<void>
  /** A file or a part of it, or undefined when there is none. */
  get(key: string, range?: ByteRange): Promise<Readable | undefined>
  /** Facts of a file, or undefined when there is none. */
  head(key: string): Promise<StoredFacts | undefined>
  /** Forgets a file; none is fine. */
  remove(key: string): Promise<void>
  /** All keys that begin so. */
  list(prefix: string): AsyncIterable<string>
}

/** Keys are ours; one that could leave its place is a mistake of ours, told before anything is touched. */
export function checkKey(key: string): string {
  if (!/^[a-z0-9-]+(?:\/[a-z0-9-]+)*$/.test(key)) throw new Error(`Not a key of storage: ${key}`)
  return key
}
