/** The fake provider, for demo and tests: whoever opens the address of a checkout has paid. It tells so as a real one does, by signed events. */
import { deriveKey } from '../keys/derive.ts'
import { newId } from '../keys/uuid.ts'
import { openEvent, type SignedMessage, signEvent } from './fake-event.ts'
import { fromFakeRef, toFakeRef } from './fake-ref.ts'
import type { CheckoutFacts, PaymentEvent, PaymentSubject, Payments } from './payments.ts'
import { PaymentsError } from './payments-error.ts'

/** What can become of a checkout. */
export type FakeChange =
  | { readonly to: 'pending' | 'paid' | 'failed' | 'expired' }
  | { readonly refunded: number }
  | { readonly dispute: 'open' | 'won' | 'lost' }

/** Payments by nobody. */
export interface FakePayments extends Payments {
  readonly provider: 'fake'
  /** Changes what is true about a checkout, and gives the message that tells of it; whether it is delivered is the caller's affair. Undefined for what is no checkout. */
  change(ref: string, change: FakeChange): SignedMessage | undefined
  /** Forgets an event that arrived. */
  markDelivered(id: string): void
  /** The next checkout fails to be made. */
  failNext(): void
}

/** How the fake is set up. */
export interface FakeSettings {
  readonly secret: string
  readonly publicUrl: string
  now(): Date
}

type Known = Pick<CheckoutFacts, 'status' | 'amountRefundedMinor' | 'dispute'>

/** Path where checkouts of the fake are paid, before their reference. */
export const fakeCheckoutPath = '/fake-checkout'

const untouched: Known = { status: 'open', amountRefundedMinor: 0, dispute: null }

/** Creates a fake. What it knows is forgotten with the process. */
export function createFakePayments({ secret, publicUrl, now }: FakeSettings): FakePayments {
  const key = deriveKey(secret, 'fake-payments')
  const known = new Map<string, Known>()
  const events = new Map<string, { readonly at: Date; readonly event: PaymentEvent }>()
  const changes: { readonly at: Date; readonly subject: PaymentSubject }[] = []
  let failures = 0

  return {
    provider: 'fake',
    async createCheckout({ orderId, amountMinor, currency }) {
      if (failures > 0) {
        failures -= 1
        throw new PaymentsError({ kind: 'as asked for' })
      }
      const ref = toFakeRef({ orderId, amountMinor, currency })
      return { ref, url: `${publicUrl}${fakeCheckoutPath}/${ref}` }
    },
    readEvent: async (body, headers, at) => openEvent(key, body, headers, at),
    async locate({ subject }) {
      if (subject === null) return undefined
      const ref = subject.kind === 'checkout' ? subject.ref : toCheckoutRef(subject.ref)
      const checkout = fromFakeRef(ref)
      return checkout === undefined ? undefined : { ref, orderId: checkout.orderId }
    },
    async readCheckout(ref) {
      const checkout = fromFakeRef(ref)
      if (checkout === undefined) throw new PaymentsError({ kind: 'there is no such checkout' })
      const facts = known.get(ref) ?? untouched
      const isDone = facts.status !== 'open' && facts.status !== 'expired'
      return {
        ref,
        ...checkout,
        ...facts,
        taxMinor: 0,
        paymentRef: isDone ? toPaymentRef(ref) : null,
        billing: isDone ? nobody : null,
      }
    },
    async *undelivered(since) {
      yield [...events.values()].filter(({ at }) => at >= since).map(({ event }) => event)
    },
    async *changedSince(since) {
      yield changes.filter(({ at }) => at >= since).map(({ subject }) => subject)
    },
    change(ref, change) {
      const checkout = fromFakeRef(ref)
      if (checkout === undefined) return undefined
      const before = known.get(ref) ?? untouched
      known.set(ref, apply(before, change))
      const at = now()
      const event = { id: `fake_evt_${newId()}`, ...toTold(change, ref, checkout.orderId) }
      events.set(event.id, { at, event })
      changes.push({ at, subject: event.subject })
      return signEvent(key, event, at)
    },
    markDelivered: (id) => void events.delete(id),
    failNext() {
      failures += 1
    },
  }
}

const nobody = {
  name: 'Nobody',
  email: null,
  business_name: null,
  address: { country: 'US' },
  tax_exempt: null,
  tax_ids: [],
}

function apply(before: Known, change: FakeChange): Known {
  if ('to' in change) return before.status === 'paid' ? before : { ...before, status: change.to }
  if ('refunded' in change) return { ...before, amountRefundedMinor: change.refunded }
  return { ...before, dispute: change.dispute }
}

/** Payments are told of as real providers do it: without the checkout. */
function toTold(
  change: FakeChange,
  ref: string,
  orderId: string,
): { readonly type: string; readonly subject: PaymentSubject } {
  if ('to' in change) return { type: `checkout.${change.to}`, subject: { kind: 'checkout', ref, orderId } }
  const type = 'refunded' in change ? 'payment.refunded' : `payment.dispute.${change.dispute}`
  return { type, subject: { kind: 'payment', ref: toPaymentRef(ref) } }
}

const paymentPrefix = 'payment_of_'
const toPaymentRef = (ref: string): string => paymentPrefix + ref
const toCheckoutRef = (payment: string): string => payment.slice(paymentPrefix.length)
