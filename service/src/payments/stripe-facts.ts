/** A checkout session of Stripe, with its payment and charge, in our words. */
import type Stripe from 'stripe'
import type { Billing, CheckoutFacts } from './payments.ts'

/** Facts without the course of a dispute, which Stripe tells elsewhere. */
export interface SessionFacts extends Omit<CheckoutFacts, 'dispute'> {
  readonly isDisputed: boolean
}

/**
 * Reads a session.
 *
 * @param session with `payment_intent.latest_charge` expanded
 */
export function toFacts(session: Stripe.Checkout.Session): SessionFacts {
  const payment = typeof session.payment_intent === 'object' ? session.payment_intent : null
  const charge = typeof payment?.latest_charge === 'object' ? payment.latest_charge : null
  return {
    ref: session.id,
    orderId: session.client_reference_id,
    status: toStatus(session, payment?.status),
    amountMinor: session.amount_total ?? 0,
    taxMinor: session.total_details?.amount_tax ?? 0,
    currency: (session.currency ?? '').toUpperCase(),
    amountRefundedMinor: charge?.amount_refunded ?? 0,
    isDisputed: charge?.disputed ?? false,
    paymentRef: payment?.id ?? null,
    billing: toBilling(session.customer_details),
  }
}

function toStatus(
  { status, payment_status }: Stripe.Checkout.Session,
  payment: Stripe.PaymentIntent.Status | undefined,
): CheckoutFacts['status'] {
  if (status === 'expired') return 'expired'
  if (status !== 'complete') return 'open'
  if (payment_status !== 'unpaid') return 'paid'
  // A payment that failed waits for another attempt, but the page for it is closed.
  return payment === 'requires_payment_method' || payment === 'canceled' ? 'failed' : 'pending'
}

/** An inquiry of the bank takes no money; what was prevented was none. */
const noDispute = new Set(['warning_needs_response', 'warning_under_review', 'warning_closed', 'prevented'])

/** The course of all disputes of a payment: open ones count before lost ones, and these before won ones. */
export function toDispute(statuses: readonly string[]): CheckoutFacts['dispute'] {
  const real = statuses.filter((status) => !noDispute.has(status))
  if (real.length === 0) return null
  if (real.some((status) => status !== 'won' && status !== 'lost')) return 'open'
  return real.includes('lost') ? 'lost' : 'won'
}

function toBilling(details: Stripe.Checkout.Session.CustomerDetails | null): Billing | null {
  if (details === null) return null
  const { name, email, business_name, address, tax_exempt, tax_ids } = details
  return {
    name,
    email,
    business_name,
    address: address === null ? null : { ...address },
    tax_exempt,
    tax_ids: (tax_ids ?? []).map(({ type, value }) => ({ type, value })),
  }
}
