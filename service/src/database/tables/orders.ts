/** Rows of migrations/0006-orders.sql. */
import type { OrderState } from '@hero-image/client/contract'
import type { ColumnType, Generated } from 'kysely'

export interface OrderTable {
  readonly id: string
  /** Null once the account is erased. */
  readonly user_id: string | null
  readonly wallet_id: string
  readonly state: ColumnType<OrderState, OrderState | undefined, OrderState>
  readonly pack: string
  readonly credits: number
  readonly amount_minor: number
  readonly tax_minor: number | null
  readonly amount_refunded_minor: Generated<number>
  readonly credits_reversed: Generated<number>
  readonly currency: string
  readonly refundable: Generated<boolean>
  readonly accepted_terms: string
  readonly customer_name: string
  readonly customer_email: string
  readonly billing: ColumnType<unknown, string | null | undefined, string | null>
  readonly provider: string
  readonly checkout_ref: string | null
  readonly payment_ref: string | null
  readonly checkout_url: string | null
  readonly dispute: 'open' | 'won' | 'lost' | null
  readonly revision: Generated<number>
  readonly created_at: Date
  readonly paid_at: Date | null
  /** A day, as text. */
  readonly retain_until: string
}

/** What came of an event. */
export type PaymentEventOutcome = 'applied' | 'unchanged' | 'mismatch' | 'foreign'

export interface PaymentEventTable {
  readonly provider: string
  readonly id: string
  readonly type: string
  readonly order_id: string | null
  readonly outcome: PaymentEventOutcome
  readonly received_at: Date
}
