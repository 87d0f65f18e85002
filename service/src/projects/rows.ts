/** Projects as rows and on the wire. */
import { type ExportSettings, exportSettingsSchema, type ProjectAnswer } from '@hero-image/client/contract'
import type { Selectable } from 'kysely'
import type { Db } from '../database/open.ts'
import type { ProjectTable } from '../database/tables/projects.ts'
import { notFound } from '../http/problem.ts'
import { fromWireId, toWireId } from '../keys/uuid.ts'

/** A project as it is read. */
export type ProjectRow = Selectable<ProjectTable>

/** Deleted projects can be restored for this long, ms; then their files and rows go. */
export const restorableFor = 7 * 86_400_000

/** A project on the wire. */
export function toProjectAnswer(row: ProjectRow): ProjectAnswer {
  return {
    id: toWireId('project', row.id),
    name: row.name,
    settings: readSettings(row),
    version: row.version,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    deleted_at: row.deleted_at?.toISOString() ?? null,
  }
}

/** The settings of a project; they were checked before they were written. */
export function readSettings({ settings }: Pick<ProjectRow, 'settings'>): ExportSettings {
  return exportSettingsSchema.parse(settings)
}

/**
 * A project of somebody, as its identifier on the wire names it.
 *
 * @param lock keeps it as it is until the transaction ends
 * @throws ProblemError not-found, also for projects of others and deleted ones
 */
export async function findProject(
  db: Db,
  userId: string,
  wireId: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<ProjectRow> {
  const id = fromWireId('project', wireId)
  if (id === undefined) throw notFound()
  const row = await db
    .selectFrom('project')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}
