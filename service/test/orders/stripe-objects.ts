/** What lies at the Stripe of tests, in the shapes of its API, and what can happen to it. */
import { randomBytes } from 'node:crypto'

type Json = Record<string, unknown>

/** A checkout session with all that came of it. */
export interface StripeSession {
  readonly id: string
  readonly orderId: string
  readonly amount: number
  readonly currency: string
  readonly email: string
  readonly metadata: Readonly<Record<string, string>>
  status: 'open' | 'complete' | 'expired'
  paymentStatus: 'unpaid' | 'paid'
  payment: { readonly id: string; status: string; charge?: { readonly id: string } } | undefined
  /** Seconds. */
  readonly created: number
  refunded: number
  refund: { readonly id: string; readonly created: number } | undefined
  dispute: { readonly id: string; readonly created: number; status: string } | undefined
}

/** What can happen. */
export type StripeChange =
  | 'complete'
  | 'complete-unpaid'
  | 'succeed-later'
  | 'fail-later'
  | 'expire'
  | { readonly refund: number }
  | { readonly dispute: 'needs_response' | 'warning_needs_response' | 'won' | 'lost' }

const nowSeconds = (): number => Math.floor(Date.now() / 1000)
const newName = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`

/** Makes a session as it is when nobody has looked at it. */
export function createSession(
  facts: Pick<StripeSession, 'orderId' | 'amount' | 'currency' | 'email' | 'metadata'>,
): StripeSession {
  return {
    ...facts,
    id: newName('cs_test'),
    status: 'open',
    paymentStatus: 'unpaid',
    payment: undefined,
    created: nowSeconds(),
    refunded: 0,
    refund: undefined,
    dispute: undefined,
  }
}

/**
 * Changes a session.
 *
 * @returns the type of the event that tells of it, and the object in the event
 */
export function change(session: StripeSession, what: StripeChange): { readonly type: string; readonly object: Json } {
  if (typeof what === 'object' && 'refund' in what) {
    session.refunded = what.refund
    session.refund ??= { id: newName('re'), created: nowSeconds() }
    return { type: 'charge.refunded', object: toCharge(session) }
  }
  if (typeof what === 'object') {
    const isNew = session.dispute === undefined
    session.dispute = {
      id: session.dispute?.id ?? newName('du'),
      created: session.dispute?.created ?? nowSeconds(),
      status: what.dispute,
    }
    const isClosed = what.dispute === 'won' || what.dispute === 'lost'
    const type = isClosed ? 'closed' : isNew ? 'created' : 'updated'
    return { type: `charge.dispute.${type}`, object: toDispute(session) }
  }
  if (what === 'expire') {
    session.status = 'expired'
    return { type: 'checkout.session.expired', object: toSessionObject(session) }
  }
  session.status = 'complete'
  session.payment ??= { id: newName('pi'), status: 'processing' }
  if (what === 'complete' || what === 'succeed-later') {
    session.paymentStatus = 'paid'
    session.payment = { ...session.payment, status: 'succeeded', charge: { id: newName('ch') } }
  }
  if (what === 'fail-later') session.payment.status = 'requires_payment_method'
  const types = {
    complete: 'checkout.session.completed',
    'complete-unpaid': 'checkout.session.completed',
    'succeed-later': 'checkout.session.async_payment_succeeded',
    'fail-later': 'checkout.session.async_payment_failed',
  }
  return { type: types[what], object: toSessionObject(session) }
}

/** A session as the API gives it; `isExpanded`: with payment and charge in it. */
export function toSessionObject(session: StripeSession, isExpanded = false): Json {
  const { id, orderId, amount, currency, email, metadata, status, paymentStatus, payment } = session
  const isDone = status === 'complete'
  return {
    id,
    object: 'checkout.session',
    amount_subtotal: amount,
    amount_total: amount,
    client_reference_id: orderId,
    currency,
    customer_email: email,
    customer_details: isDone ? { ...customerDetails, email } : null,
    livemode: false,
    metadata,
    mode: 'payment',
    payment_intent: payment === undefined ? null : isExpanded ? toPaymentObject(session) : payment.id,
    payment_status: paymentStatus,
    status,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: Math.round(amount / 6) },
    url: status === 'open' ? `https://checkout.stripe.test/c/pay/${id}` : null,
  }
}

const customerDetails = {
  address: { city: 'Lyon', country: 'FR', line1: '1 rue de la Paix', line2: null, postal_code: '69001', state: null },
  business_name: null,
  individual_name: null,
  name: 'Ada Martin',
  phone: null,
  tax_exempt: 'none',
  tax_ids: [],
}

/** A payment, with its charge. */
export function toPaymentObject(session: StripeSession): Json {
  const { payment, amount, currency, metadata } = session
  return {
    id: payment?.id,
    object: 'payment_intent',
    amount,
    currency,
    status: payment?.status,
    metadata,
    latest_charge: payment?.charge === undefined ? null : toCharge(session),
  }
}

function toCharge({ payment, amount, currency, refunded, dispute, metadata }: StripeSession): Json {
  return {
    id: payment?.charge?.id,
    object: 'charge',
    amount,
    amount_refunded: refunded,
    currency,
    disputed: dispute !== undefined,
    metadata,
    paid: true,
    payment_intent: payment?.id,
    refunded: refunded === amount,
    status: 'succeeded',
  }
}

/** The refund of a session. */
export function toRefund({ refund, refunded, payment, currency }: StripeSession): Json {
  return {
    id: refund?.id,
    object: 'refund',
    amount: refunded,
    charge: payment?.charge?.id,
    created: refund?.created,
    currency,
    payment_intent: payment?.id,
    status: 'succeeded',
  }
}

/** A dispute. */
export function toDispute({ dispute, payment, amount, currency }: StripeSession): Json {
  return {
    id: dispute?.id,
    object: 'dispute',
    amount,
    charge: payment?.charge?.id,
    currency,
    payment_intent: payment?.id,
    status: dispute?.status,
  }
}
