/**
 * Puts bytes into storage before the row that names them is written. The key is put down for removal first, and taken off that list by `insertFile`: whatever happens
 * between, even the end of the process, no object is left that nobody knows.
 */
import { createHash, randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Service } from '../service.ts'

/** An object in storage that no row names yet. */
export interface StoredObject {
  readonly storageKey: string
  readonly sha256: Buffer
  readonly bytes: number
  readonly mediaType: string
}

/** A file whose hash is known, to be read when storage asks for it. */
export interface HashedFile {
  readonly bytes: number
  readonly sha256: Buffer
  open(): Readable
}

/** How an object is put. */
export interface PutOptions {
  readonly mediaType: string
  /** A key of one's own, `a/b` of `[a-z0-9-]`, for work that is done again after a crash; otherwise it is random. */
  readonly storageKey?: string
}

/** Nobody waits longer between an object and its row. */
const removeAfterMs = 24 * 3_600_000

/** Stores an object. `insertFile` has to follow within a day; `dropObject` undoes it. */
export async function putObject(
  { db, storage, clock }: Pick<Service, 'db' | 'storage' | 'clock'>,
  body: Uint8Array | HashedFile,
  { mediaType, storageKey = randomKey() }: PutOptions,
): Promise<StoredObject> {
  const isInMemory = body instanceof Uint8Array
  const bytes = isInMemory ? body.length : body.bytes
  const sha256 = isInMemory ? createHash('sha256').update(body).digest() : body.sha256
  const due_at = new Date(clock.now().getTime() + removeAfterMs)
  await db
    .insertInto('storage_removal')
    .values({ storage_key: storageKey, due_at })
    .onConflict((conflict) => conflict.column('storage_key').doUpdateSet({ due_at }))
    .execute()
  await storage.put(storageKey, isInMemory ? body : body.open(), { bytes, mediaType, sha256 })
  return { storageKey, sha256, bytes, mediaType }
}

/**
 * Takes an object back that will have no row: the removal job has it next. If there is a row after all, because a commit went through whose answer was lost, nothing happens.
 */
export async function dropObject(
  { db }: Pick<Service, 'db'>,
  { storageKey }: Pick<StoredObject, 'storageKey'>,
): Promise<void> {
  await db
    .updateTable('storage_removal')
    .set({ due_at: new Date(0) })
    .where('storage_key', '=', storageKey)
    .execute()
}

/** Nothing about the file or its owner can be read off its key. */
function randomKey(): string {
  const name = randomUUID().replaceAll('-', '')
  return `files/${name.slice(0, 2)}/${name.slice(2)}`
}
