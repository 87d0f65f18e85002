/** Rows of migrations/0007-support.sql. */
import type { ColumnType } from 'kysely'
import type { CreatedAt } from './accounts.ts'

/** Who waits for whom. */
export type TicketState = 'open' | 'answered'

export interface SupportTicketTable {
  readonly id: string
  readonly user_id: string
  readonly subject: string
  readonly state: ColumnType<TicketState, TicketState | undefined, TicketState>
  readonly created_at: CreatedAt
  readonly updated_at: CreatedAt
}

export interface SupportMessageTable {
  readonly id: string
  readonly ticket_id: string
  readonly author: 'person' | 'staff'
  readonly body: string
  readonly created_at: CreatedAt
}

export interface SupportAttachmentTable {
  readonly message_id: string
  readonly file_id: string
}
