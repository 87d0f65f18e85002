/** Deletes an upload: hidden at once, gone with the retention job. */
import type { Db } from '../database/open.ts'
import { toWireId } from '../keys/uuid.ts'
import { recordHistory } from '../projects/history.ts'
import { findUpload } from './upload-rows.ts'

/** @throws ProblemError not-found */
export async function deleteUpload(trx: Db, userId: string, wireId: string, at: Date): Promise<void> {
  const { id, name, project_id: projectId } = await findUpload(trx, userId, wireId)
  const { numUpdatedRows } = await trx
    .updateTable('file')
    .set({ deleted_at: at })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  // Somebody was faster: it happened once.
  if (numUpdatedRows === 0n || projectId === null) return
  await recordHistory(trx, projectId, 'upload.deleted', { upload_id: toWireId('upload', id), name }, at)
}
