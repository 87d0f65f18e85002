/** Writes the row of a file whose object has been put. */
import type { Selectable } from 'kysely'
import type { Db } from '../database/open.ts'
import type { FileKind, FileTable } from '../database/tables/projects.ts'
import { newId } from '../keys/uuid.ts'
import type { StoredObject } from './put-object.ts'

/** A row of a file, as it is read. */
export type FileRow = Selectable<FileTable>

/** A file for a row. */
export interface NewFile {
  readonly object: StoredObject
  readonly userId: string
  readonly kind: FileKind
  readonly projectId?: string | null
  /** As the person named it. */
  readonly name?: string | null
  /** Of a picture, as people see it. */
  readonly width?: number | null
  readonly height?: number | null
  readonly at: Date
}

/**
 * Inserts a file.
 *
 * @param trx the transaction of what the file belongs to
 * @throws Error when the object is not there any more, because more than a day lies between
 */
export async function insertFile(trx: Db, file: NewFile): Promise<FileRow> {
  const { storageKey, sha256, bytes, mediaType } = file.object
  const awaited = await trx.deleteFrom('storage_removal').where('storage_key', '=', storageKey).executeTakeFirst()
  if (awaited.numDeletedRows !== 1n) throw new Error('The object of a file was not put, or has been removed again.')
  return trx
    .insertInto('file')
    .values({
      id: newId(),
      user_id: file.userId,
      project_id: file.projectId ?? null,
      kind: file.kind,
      name: file.name ?? null,
      sha256,
      bytes,
      media_type: mediaType,
      width: file.width ?? null,
      height: file.height ?? null,
      storage_key: storageKey,
      created_at: file.at,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}
