/** Rows of migrations/0004-mail.sql and 0009-limits.sql. */
import type { CreatedAt } from './accounts.ts'

export interface MailOutboxTable {
  readonly id: string
  readonly user_id: string | null
  readonly sealed: Buffer
  readonly created_at: CreatedAt
}

export interface RateBucketTable {
  readonly subject: Buffer
  readonly kind: string
  readonly count: number
  readonly expires_at: Date
}

export interface AbuseSignalTable {
  readonly subject: Buffer
  readonly kind: string
  readonly count: number
  readonly created_at: CreatedAt
  readonly expires_at: Date
}

export interface AuditEventTable {
  readonly id: string
  readonly user_id: string | null
  readonly action: string
  readonly target: string | null
  readonly address_block: string
  readonly created_at: CreatedAt
}

export interface GrantClaimTable {
  readonly subject: Buffer
  readonly user_id: string
  readonly kind: 'email' | 'identity'
  readonly created_at: CreatedAt
}
