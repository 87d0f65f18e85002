/** Asks for an export: everything that can be wrong with the wish is told here, so that the job meets only what nobody can foresee. */
import {
  type ExportAnswer,
  type ExportKind,
  exportLimits,
  type FieldError,
  type newExportSchema,
} from '@hero-image/client/contract'
import type { z } from 'zod'
import type { Db } from '../database/open.ts'
import { ProblemError } from '../http/problem.ts'
import { newId, toWireId } from '../keys/uuid.ts'
import { recordHistory } from '../projects/history.ts'
import { findProject, readSettings } from '../projects/rows.ts'
import type { Service } from '../service.ts'
import { findGenerated } from './generated.ts'
import { type ExportOptions, toExportAnswer } from './rows.ts'

/** Exports of one person that may wait or run at once: they cost nothing, and would keep everybody else waiting. */
const mostOpen = 3

/** Who asks, and what of the project they may see. */
export interface Asking {
  readonly userId: string
  readonly mayReadGenerations: boolean
}

/** Kinds whose markup has an `<img>`, which needs an alternative text. */
const needsAlt: readonly ExportKind[] = ['zip', 'html', 'react']

/**
 * Puts an export down, and the job that makes it.
 *
 * @throws ProblemError not-found, conflict, invalid-fields, limit-reached
 */
export async function askForExport(
  { queue, clock }: Pick<Service, 'queue' | 'clock'>,
  trx: Db,
  { userId, mayReadGenerations }: Asking,
  { project_id, kind, base }: z.output<typeof newExportSchema>,
): Promise<ExportAnswer> {
  const at = clock.now()
  // Two at once: the second waits here, and counts the first.
  await trx.selectFrom('user').select('id').where('id', '=', userId).forNoKeyUpdate().execute()
  const project = await findProject(trx, userId, project_id, { lock: true })
  const settings = readSettings(project)
  const photos = await findPhotos(trx, project.id)
  // Code is written for photos alone.
  const takesGenerated = kind === 'zip' && mayReadGenerations
  const generated = takesGenerated ? await findPictures(trx, userId, project.id) : []
  if (photos.length + generated.length === 0) {
    throw new ProblemError('conflict', { detail: 'The project has no photos.' })
  }
  if (needsAlt.includes(kind)) requireAlt(photos, settings.photos ?? {})
  await requireTurn(trx, userId)
  const options: ExportOptions = {
    settings,
    base: base ?? settings.base ?? 'images/',
    uploads: photos.map(({ id }) => id),
    generated,
  }
  const row = { id: newId(), project_id: project.id, kind, created_at: at, finished_at: null, expires_at: null }
  await trx
    .insertInto('export')
    .values({ ...row, user_id: userId, options: JSON.stringify(options), file_id: null })
    .execute()
  await recordHistory(trx, project.id, 'export.started', { export_id: toWireId('export', row.id), kind }, at)
  await queue.send('export', { exportId: row.id }, { trx })
  return toExportAnswer({ ...row, state: 'queued', failure: null, file_id: null, bytes: null, sha256: null })
}

async function findPhotos(
  trx: Db,
  projectId: string,
): Promise<{ readonly id: string; readonly name: string | null }[]> {
  const photos = await trx
    .selectFrom('file')
    .select(['id', 'name'])
    .where('project_id', '=', projectId)
    .where('kind', '=', 'source')
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .limit(exportLimits.photos + 1)
    .execute()
  if (photos.length > exportLimits.photos) {
    throw new ProblemError('conflict', { detail: `The project has more than ${exportLimits.photos} photos.` })
  }
  return photos
}

async function findPictures(trx: Db, userId: string, projectId: string): Promise<string[]> {
  const most = exportLimits.generated
  const ids = await findGenerated(trx, { userId, projectId }, most + 1)
  if (ids.length <= most) return ids
  throw new ProblemError('conflict', { detail: `The project has more than ${most} generated pictures.` })
}

function requireAlt(
  photos: readonly { readonly id: string; readonly name: string | null }[],
  decisions: Readonly<Record<string, { readonly alt?: string | undefined }>>,
): void {
  const errors = photos.flatMap(({ id, name }): FieldError[] => {
    const upload = toWireId('upload', id)
    if (decisions[upload]?.alt !== undefined) return []
    const detail = `The photo ${name ?? upload} has no alternative text: write settings.photos.${upload}.alt of the project; '' says that it is decoration.`
    return [{ pointer: '/project_id', detail }]
  })
  if (errors.length > 0) throw new ProblemError('invalid-fields', { errors: errors.slice(0, 20) })
}

async function requireTurn(trx: Db, userId: string): Promise<void> {
  const open = await trx
    .selectFrom('export')
    .select('id')
    .where('user_id', '=', userId)
    .where('state', 'in', ['queued', 'running'])
    .limit(mostOpen)
    .execute()
  if (open.length < mostOpen) return
  throw new ProblemError('limit-reached', { detail: `At most ${mostOpen} exports of an account are made at once.` })
}
