/** Rows of migrations/0005-generations.sql. */
import type {
  GenerationEventType,
  GenerationFailure,
  GenerationOperation,
  GenerationState,
} from '@hero-image/client/contract'
import type { ColumnType, Generated } from 'kysely'
import type { Json } from './projects.ts'

export interface GenerationTable {
  readonly id: string
  readonly user_id: string
  readonly project_id: string | null
  readonly operation: GenerationOperation
  readonly provider: string
  readonly model: string
  readonly prompt: string | null
  readonly plan: Json
  readonly source_id: string | null
  readonly mask_id: string | null
  readonly output_id: string | null
  readonly state: ColumnType<GenerationState, GenerationState | undefined, GenerationState>
  readonly failure_code: GenerationFailure | null
  readonly price: number
  readonly spent: number | null
  readonly hold_id: string | null
  readonly attempt: Generated<number>
  readonly submitting_at: Date | null
  readonly provider_request_id: string | null
  readonly provider_request: Json | null
  readonly submitted_at: Date | null
  readonly provider_cost_micros: Generated<number>
  readonly event_count: Generated<number>
  readonly created_at: Date
  readonly started_at: Date | null
  readonly finished_at: Date | null
}

export interface GenerationEventTable {
  readonly generation_id: string
  readonly seq: number
  readonly type: GenerationEventType
  readonly state: GenerationState
  readonly failure_code: GenerationFailure | null
  readonly created_at: Date
}
