/** Rows of migrations/0008-privacy.sql. */
import type { ColumnType, Generated } from 'kysely'
import type { CreatedAt } from './accounts.ts'
import type { Json } from './projects.ts'

export type DataExportState = 'waiting' | 'ready' | 'failed'

export interface DataExportTable {
  readonly id: string
  readonly user_id: string
  readonly state: ColumnType<DataExportState, DataExportState | undefined, DataExportState>
  readonly file_id: string | null
  readonly created_at: CreatedAt
  readonly finished_at: Date | null
}

export type ErasureState = 'due' | 'withdrawn' | 'done'

export interface ErasureTable {
  readonly subject: Buffer
  readonly state: ErasureState
  readonly requested_at: Date
  readonly due_at: Date
  readonly erased_at: Date | null
  readonly counts: Json
  readonly is_listed: Generated<boolean>
}
