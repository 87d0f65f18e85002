/** What can be done to a project, each in a transaction with its line in the history. */
import { isDeepStrictEqual } from 'node:util'
import type { ExportSettings } from '@hero-image/client/contract'
import type { Db } from '../database/open.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { fromWireId, newId } from '../keys/uuid.ts'
import { recordHistory } from './history.ts'
import { findSettingsErrors } from './options.ts'
import { findProject, type ProjectRow, readSettings, restorableFor } from './rows.ts'
import { checkVersion } from './version.ts'

/** Makes a project. */
export async function createProject(
  trx: Db,
  userId: string,
  { name, settings = {} }: { readonly name: string; readonly settings?: ExportSettings | undefined },
  at: Date,
): Promise<ProjectRow> {
  const id = newId()
  await checkSettings(trx, id, settings)
  const row = await trx
    .insertInto('project')
    .values({ id, user_id: userId, name, settings: JSON.stringify(settings), created_at: at, updated_at: at })
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordHistory(trx, id, 'project.created', { name }, at)
  return row
}

/** What a person wants otherwise. */
export interface ProjectChange {
  readonly name?: string | undefined
  readonly settings?: ExportSettings | undefined
}

/**
 * Changes a project, unless somebody else did so first. What stays as it is makes no new version.
 *
 * @throws ProblemError precondition-failed and kin
 */
export async function changeProject(
  trx: Db,
  userId: string,
  wireId: string,
  ifMatch: string | undefined,
  change: ProjectChange,
  at: Date,
): Promise<ProjectRow> {
  const before = await findProject(trx, userId, wireId, { lock: true })
  checkVersion(ifMatch, before.version)
  const known = readSettings(before)
  const { name = before.name, settings = known } = change
  const fields = changedFields(known, settings)
  if (name === before.name && fields.length === 0) return before
  if (fields.length > 0) await checkSettings(trx, before.id, settings)
  const row = await trx
    .updateTable('project')
    .set({ name, settings: JSON.stringify(settings), version: before.version + 1, updated_at: at })
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  if (name !== before.name) {
    await recordHistory(trx, row.id, 'project.renamed', { from: before.name, to: name }, at)
  }
  if (fields.length > 0) await recordHistory(trx, row.id, 'project.settings-changed', { fields }, at)
  return row
}

/** Hides a project and its files; for some days all of it can be had back. */
export async function deleteProject(trx: Db, userId: string, wireId: string, at: Date): Promise<void> {
  const { id, version } = await findProject(trx, userId, wireId, { lock: true })
  await trx
    .updateTable('project')
    .set({ deleted_at: at, updated_at: at, version: version + 1 })
    .where('id', '=', id)
    .execute()
  // The same time on both: files that had been deleted before are none of these.
  await trx
    .updateTable('file')
    .set({ deleted_at: at })
    .where('project_id', '=', id)
    .where('deleted_at', 'is', null)
    .execute()
  await recordHistory(trx, id, 'project.deleted', {}, at)
}

/**
 * Brings a deleted project back, with the files that went with it. One that is there stays as it is, so that asking twice is no mistake.
 *
 * @throws ProblemError not-found once its time is over
 */
export async function restoreProject(trx: Db, userId: string, wireId: string, at: Date): Promise<ProjectRow> {
  const id = fromWireId('project', wireId)
  if (id === undefined) throw notFound()
  const before = await trx
    .selectFrom('project')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
  if (before === undefined) throw notFound()
  const { deleted_at: deletedAt, version } = before
  if (deletedAt === null) return before
  if (at.getTime() - deletedAt.getTime() >= restorableFor) throw notFound()
  await trx
    .updateTable('file')
    .set({ deleted_at: null })
    .where('project_id', '=', id)
    .where('deleted_at', '=', deletedAt)
    .execute()
  const row = await trx
    .updateTable('project')
    .set({ deleted_at: null, updated_at: at, version: version + 1 })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordHistory(trx, id, 'project.restored', {}, at)
  return row
}

/** @throws ProblemError invalid-fields */
async function checkSettings(trx: Db, projectId: string, settings: ExportSettings): Promise<void> {
  const errors = findSettingsErrors(settings)
  const uploads = Object.keys(settings.photos ?? {})
  if (errors.length === 0 && uploads.length > 0) {
    const rows = await trx
      .selectFrom('file')
      .select('id')
      .where('project_id', '=', projectId)
      .where('kind', '=', 'source')
      .where('deleted_at', 'is', null)
      .execute()
    const known = new Set(rows.map(({ id }) => id))
    for (const upload of uploads) {
      if (known.has(fromWireId('upload', upload) ?? '')) continue
      errors.push({ pointer: `/settings/photos/${upload}`, detail: 'is no upload of this project.' })
    }
  }
  if (errors.length > 0) throw new ProblemError('invalid-fields', { errors })
}

function changedFields(before: ExportSettings, after: ExportSettings): string[] {
  const [left, right] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  const names = new Set([...left.keys(), ...right.keys()])
  return [...names].filter((name) => !isDeepStrictEqual(left.get(name), right.get(name))).sort()
}
