/**
 * The job of an export. Done again after a crash it makes everything anew; only one attempt ends the export, and what another one has stored by then is dropped. Each
 * attempt has a key of its own in storage: under a shared one the later would write over, or take away, what the row of the first names.
 */
import { type ExportFailure, exportKinds } from '@hero-image/client/contract'
import type { Db } from '../database/open.ts'
import { toFileName } from '../files/disposition.ts'
import { insertFile } from '../files/insert-file.ts'
import { dropObject, putObject, type StoredObject } from '../files/put-object.ts'
import { lockFilesOf, requireRoom } from '../files/quota.ts'
import { ProblemError } from '../http/problem.ts'
import { toWireId } from '../keys/uuid.ts'
import { recordHistory } from '../projects/history.ts'
import type { Job } from '../queue/queue.ts'
import type { Service } from '../service.ts'
import { readGenerated } from './generated.ts'
import { makeExport, mediaTypeOf } from './make.ts'
import { ExportFailed, exportOptionsSchema } from './rows.ts'
import type { ExportWish } from './wish.ts'
import type { UploadedPhoto } from './workshop.ts'

/** Content is kept for this long, ms: it can be made again at any time. */
const keptFor = 7 * 86_400_000

/** An attempt that takes longer ends: the queue would give the job to somebody else soon. */
const longestMs = 540_000

/** A wish with whose it is. */
interface OwnedWish extends ExportWish {
  readonly userId: string
}

/** Does the job. */
export async function performExport(
  service: Service,
  { data: { exportId }, isLast, signal }: Pick<Job<'export'>, 'data' | 'isLast' | 'signal'>,
): Promise<void> {
  const timeout = AbortSignal.timeout(longestMs)
  try {
    const wish = await beginExport(service, exportId)
    if (wish === undefined) return
    const content = await makeExport(service, wish, AbortSignal.any([signal, timeout]))
    const object = await putObject(service, content, { mediaType: mediaTypeOf(wish.kind) }).finally(() =>
      content instanceof Uint8Array ? undefined : content.close(),
    )
    await keepOrDrop(service, wish, object)
  } catch (error) {
    const failure = toFailure(error, { isTooLate: timeout.aborted, isLast })
    if (failure === undefined || signal.aborted) throw error
    await failExport(service, exportId, failure)
    if (failure.code === 'internal') throw error
  }
}

/** Ends an export whose process died each time. */
export async function giveUpExport(service: Service, exportId: string): Promise<void> {
  await failExport(service, exportId, interrupted)
}

const interrupted: ExportFailure = { code: 'internal', detail: 'The work broke off on our side; try again.' }

/** The wish, or undefined when there is nothing more to be done. */
async function beginExport({ db }: Service, id: string): Promise<OwnedWish | undefined> {
  const row = await db
    .updateTable('export')
    .from('project')
    .set({ state: 'running' })
    .whereRef('project.id', '=', 'export.project_id')
    .where('export.id', '=', id)
    .where('export.state', 'in', ['queued', 'running'])
    .returning([
      'export.user_id',
      'export.kind',
      'export.options',
      'export.created_at',
      'project.id as project_id',
      'project.name',
      'project.deleted_at',
    ])
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.deleted_at !== null) throw new ExportFailed(projectDeleted)
  const options = exportOptionsSchema.parse(row.options)
  const photos = await readPhotos(db, options.uploads)
  const generated = await readGenerated(db, { userId: row.user_id, projectId: row.project_id }, options.generated)
  if (photos.length + generated.length === 0) {
    throw new ExportFailed({ code: 'no-photos', detail: 'The photos were deleted in the meantime.' })
  }
  return {
    id,
    userId: row.user_id,
    kind: row.kind,
    project: { id: row.project_id, name: row.name },
    options,
    photos,
    generated,
    createdAt: row.created_at,
  }
}

async function readPhotos(db: Db, ids: readonly string[]): Promise<UploadedPhoto[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('file')
    .select(['id', 'name', 'media_type', 'storage_key', 'sha256'])
    .where('id', 'in', ids)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute()
}

const projectDeleted: ExportFailure = { code: 'project-deleted', detail: 'The project was deleted in the meantime.' }

async function keepOrDrop(service: Service, wish: OwnedWish, object: StoredObject): Promise<void> {
  try {
    const isKept = await service.db.transaction().execute((trx) => keep(service, trx, wish, object))
    if (!isKept) await dropObject(service, object)
  } catch (error) {
    await dropObject(service, object)
    throw error
  }
}

/** @returns false when another attempt came first, or the export is gone */
async function keep(service: Service, trx: Db, wish: OwnedWish, object: StoredObject): Promise<boolean> {
  const { clock, settings } = service
  const at = clock.now()
  await lockFilesOf(trx, wish.userId)
  const project = await trx
    .selectFrom('project')
    .select('deleted_at')
    .where('id', '=', wish.project.id)
    .forUpdate()
    .executeTakeFirst()
  if (project === undefined) return false
  if (project.deleted_at !== null) throw new ExportFailed(projectDeleted)
  const { numUpdatedRows } = await trx
    .updateTable('export')
    .set({ state: 'succeeded', finished_at: at, expires_at: new Date(at.getTime() + keptFor) })
    .where('id', '=', wish.id)
    .where('state', '=', 'running')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await requireRoom(trx, wish.userId, object.bytes, settings.HERO_STORED_MEGABYTES)
  const name = `${toFileName(wish.project.name) ?? 'project'}.${exportKinds[wish.kind].extension}`
  const file = await insertFile(trx, {
    object,
    userId: wish.userId,
    projectId: wish.project.id,
    kind: 'export',
    name,
    at,
  })
  await trx.updateTable('export').set({ file_id: file.id }).where('id', '=', wish.id).execute()
  const told = { export_id: toWireId('export', wish.id), kind: wish.kind }
  await recordHistory(trx, wish.project.id, 'export.succeeded', told, at)
  return true
}

/** Why it came to nothing for good, or undefined when it is worth another try. */
function toFailure(
  error: unknown,
  { isTooLate, isLast }: { readonly isTooLate: boolean; readonly isLast: boolean },
): ExportFailure | undefined {
  if (error instanceof ExportFailed) return error.failure
  if (error instanceof ProblemError && error.code === 'limit-reached') {
    return { code: 'storage-full', detail: error.message }
  }
  if (error instanceof ProblemError && error.code === 'payload-too-large') {
    return { code: 'too-large', detail: 'The export is larger than everything that an account may keep.' }
  }
  if (isTooLate) return { code: 'took-too-long', detail: 'Export fewer photos, formats or widths at once.' }
  return isLast ? interrupted : undefined
}

async function failExport({ db, clock }: Service, id: string, failure: ExportFailure): Promise<void> {
  const at = clock.now()
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('export')
      .set({ state: 'failed', failure: JSON.stringify(failure), finished_at: at })
      .where('id', '=', id)
      .where('state', 'in', ['queued', 'running'])
      .returning(['project_id', 'kind'])
      .executeTakeFirst()
    if (row === undefined) return
    const told = { export_id: toWireId('export', id), kind: row.kind }
    await recordHistory(trx, row.project_id, 'export.failed', told, at)
  })
}
