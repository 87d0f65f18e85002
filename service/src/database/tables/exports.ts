/** Rows of migrations/0011-exports.sql. */
import type { ExportKind } from '@hero-image/client/contract'
import type { ColumnType } from 'kysely'
import type { Json } from './projects.ts'

/** How far an export has come. */
export type ExportState = 'queued' | 'running' | 'succeeded' | 'failed'

export interface ExportTable {
  readonly id: string
  readonly user_id: string
  readonly project_id: string
  readonly kind: ExportKind
  readonly options: Json
  readonly state: ColumnType<ExportState, ExportState | undefined, ExportState>
  readonly failure: ColumnType<unknown, string | null | undefined, string | null>
  readonly file_id: string | null
  readonly created_at: Date
  readonly finished_at: Date | null
  readonly expires_at: Date | null
}
