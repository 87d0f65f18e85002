/** Events of Stripe, as far as they concern orders. Only identifiers are taken from them, so that it does not matter which API version the endpoint was made with. */
import type Stripe from 'stripe'
import type { PaymentEvent } from './payments.ts'

/** The types that a webhook endpoint should be given; all others are answered and ignored. */
export const eventTypes = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'charge.refunded',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
] as const

/** What an event is about. */
export function toPaymentEvent(event: Stripe.Event): PaymentEvent {
  return { id: event.id, type: event.type, subject: toSubject(event) }
}

function toSubject(event: Stripe.Event): PaymentEvent['subject'] {
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired': {
      const { id, client_reference_id } = event.data.object
      return { kind: 'checkout', ref: id, orderId: client_reference_id }
    }
    case 'charge.refunded':
    case 'refund.updated':
    case 'refund.failed':
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.closed':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated': {
      const payment = event.data.object.payment_intent
      if (payment === null) return null
      return { kind: 'payment', ref: typeof payment === 'string' ? payment : payment.id }
    }
    default:
      return null
  }
}
