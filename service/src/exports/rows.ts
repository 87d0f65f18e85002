/** Exports as rows and on the wire. */
import {
  type ExportAnswer,
  type ExportFailure,
  type ExportKind,
  exportFailureSchema,
  exportSchema,
  exportSettingsSchema,
} from '@hero-image/client/contract'
import { z } from 'zod'
import type { Db } from '../database/open.ts'
import type { ExportState } from '../database/tables/exports.ts'
import { notFound } from '../http/problem.ts'
import { fromWireId, toWireId } from '../keys/uuid.ts'

/** What an export was asked for with: nothing that changes later mixes with it. */
export const exportOptionsSchema = z.object({
  settings: exportSettingsSchema,
  base: z.string(),
  /** Identifiers of the files, in the order in which they were uploaded. */
  uploads: z.array(z.string()),
  /** Identifiers of generations whose pictures go along; exports that wait from before there were any have none. */
  generated: z.array(z.string()).default([]),
})

export type ExportOptions = z.infer<typeof exportOptionsSchema>

/** An export with what is known of its content. */
export interface ExportRow {
  readonly id: string
  readonly project_id: string
  readonly kind: ExportKind
  readonly state: ExportState
  readonly failure: unknown
  readonly file_id: string | null
  readonly bytes: number | null
  readonly sha256: Buffer | null
  readonly created_at: Date
  readonly finished_at: Date | null
  readonly expires_at: Date | null
}

/** Somebody's exports; those of deleted projects come back with them. */
export function exportsOf(db: Db, userId: string) {
  return db
    .selectFrom('export')
    .innerJoin('project', 'project.id', 'export.project_id')
    .leftJoin('file', (join) => join.onRef('file.id', '=', 'export.file_id').on('file.deleted_at', 'is', null))
    .select([
      'export.id',
      'export.project_id',
      'export.kind',
      'export.state',
      'export.failure',
      'export.file_id',
      'export.created_at',
      'export.finished_at',
      'export.expires_at',
      'file.bytes',
      'file.sha256',
    ])
    .where('export.user_id', '=', userId)
    .where('project.deleted_at', 'is', null)
}

/** An export of somebody, as its identifier on the wire names it. @throws ProblemError not-found */
export async function findExport(db: Db, userId: string, wireId: string): Promise<ExportRow> {
  const id = fromWireId('export', wireId)
  if (id === undefined) throw notFound()
  const row = await exportsOf(db, userId).where('export.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

/** True when pictures of generations were to go along. */
export async function hasGenerated(db: Db, id: string): Promise<boolean> {
  const row = await db.selectFrom('export').select('options').where('id', '=', id).executeTakeFirst()
  return row !== undefined && exportOptionsSchema.parse(row.options).generated.length > 0
}

/** An export on the wire. */
export function toExportAnswer(row: ExportRow): ExportAnswer {
  return exportSchema.parse({
    id: toWireId('export', row.id),
    project_id: toWireId('project', row.project_id),
    kind: row.kind,
    state: row.state,
    failure: row.failure === null ? null : exportFailureSchema.parse(row.failure),
    bytes: row.bytes,
    sha256: row.sha256?.toString('hex') ?? null,
    created_at: row.created_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
    expires_at: row.expires_at?.toISOString() ?? null,
  })
}

/** Ends an export for good. */
export class ExportFailed extends Error {
  override readonly name = 'ExportFailed'
  readonly failure: ExportFailure

  constructor(failure: ExportFailure) {
    super(failure.detail)
    this.failure = failure
  }
}
