/** Rows of migrations/0003-ledger.sql. They are written by its functions; types of columns for reading. */
import type { TransferKind } from '@hero-image/client/contract'
import type { Generated } from 'kysely'
import type { CreatedAt } from './accounts.ts'

/** Where credits are. */
export type LedgerAccount =
  | 'available'
  | 'held'
  | 'owed'
  | 'issued_paid'
  | 'issued_granted'
  | 'spent'
  | 'expired'
  | 'reversed'

export interface WalletTable {
  readonly id: string
  readonly user_id: string | null
  readonly available: Generated<number>
  readonly held: Generated<number>
  readonly owed: Generated<number>
  readonly frozen: Generated<boolean>
  readonly version: Generated<number>
  readonly spending_day: Generated<string>
  readonly spent_that_day: Generated<number>
  readonly closed_at: Date | null
  readonly created_at: CreatedAt
}

export interface TransferTable {
  readonly id: string
  readonly wallet_id: string
  readonly version: number
  readonly kind: TransferKind
  readonly key: string
  readonly amount: number
  readonly hold_id: string | null
  readonly order_id: string | null
  readonly generation_id: string | null
  readonly available_after: number
  readonly held_after: number
  readonly owed_after: number
  readonly created_at: Date
}

export interface EntryTable {
  readonly transfer_id: string
  readonly account: LedgerAccount
  readonly amount: number
}

export interface HoldTable {
  readonly id: string
  readonly wallet_id: string
  readonly amount: number
  readonly state: Generated<'held' | 'settled' | 'released'>
  readonly settled: number | null
  readonly generation_id: string | null
  readonly expires_at: Date
  readonly created_at: Date
  readonly closed_at: Date | null
}
