/** Uploads: files that people have sent themselves. */
import { type Upload, type UploadQuery, uploadKinds, uploadSchema } from '@hero-image/client/contract'
import type { Db } from '../database/open.ts'
import { type Page, readCursor, toPage } from '../http/cursor.ts'
import { notFound } from '../http/problem.ts'
import { fromWireId, toWireId } from '../keys/uuid.ts'
import type { FileRow } from './insert-file.ts'

/** An upload on the wire. */
export function toUpload(row: FileRow): Upload {
  return uploadSchema.parse({
    id: toWireId('upload', row.id),
    kind: row.kind,
    project_id: row.project_id === null ? null : toWireId('project', row.project_id),
    name: row.name,
    media_type: row.media_type,
    width: row.width,
    height: row.height,
    bytes: row.bytes,
    sha256: row.sha256.toString('hex'),
    created_at: row.created_at.toISOString(),
  })
}

/** An upload of a person. @throws ProblemError not-found */
export async function findUpload(db: Db, userId: string, wireId: string): Promise<FileRow> {
  const id = fromWireId('upload', wireId)
  if (id === undefined) throw notFound()
  const row = await uploadsOf(db, userId).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

/** A page of uploads of a person. */
export async function listUploads(
  { db, secret }: { readonly db: Db; readonly secret: string },
  userId: string,
  { kind, project_id: project, limit, cursor }: UploadQuery,
): Promise<Page<FileRow>> {
  const before = readCursor(secret, 'upload', cursor)
  const projectId = project === undefined ? undefined : fromWireId('project', project)
  const rows = await uploadsOf(db, userId)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? 'source'))
    .$if(projectId !== undefined, (query) => query.where('project_id', '=', projectId ?? null))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return toPage(secret, 'upload', rows, limit)
}

function uploadsOf(db: Db, userId: string) {
  return db
    .selectFrom('file')
    .selectAll()
    .where('user_id', '=', userId)
    .where('kind', 'in', uploadKinds)
    .where('deleted_at', 'is', null)
}
