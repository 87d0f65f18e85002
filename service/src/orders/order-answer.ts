/** An order as it looks outside. */
import type { OrderAnswer } from '@hero-image/client/contract'
import { toWireId } from '../keys/uuid.ts'
import type { Order } from './step.ts'

export function toOrderAnswer(order: Order): OrderAnswer {
  return {
    id: toWireId('order', order.id),
    state: order.state,
    pack: order.pack,
    credits: order.credits,
    credits_reversed: order.credits_reversed,
    amount_minor: order.amount_minor,
    tax_minor: order.tax_minor,
    amount_refunded_minor: order.amount_refunded_minor,
    currency: order.currency,
    checkout_url: order.checkout_url,
    // The column exists for records of other times; today's policy knows one answer.
    refundable: false,
    accepted_terms: order.accepted_terms,
    customer: { name: order.customer_name, email: order.customer_email },
    created_at: order.created_at.toISOString(),
    paid_at: order.paid_at?.toISOString() ?? null,
  }
}
