/**
 * The state machine of an order: what it is, and what is true at the provider, give what it becomes. Pure.
 *
 * The result depends on the facts alone, not on how they were learned: an order that hears of its payment and its refund at once ends where one ends that heard of them
 * one after the other. Being paid is the one thing that is never taken back; refunds and disputes are counted against it.
 */
import type { OrderState } from '@hero-image/client/contract'
import type { Selectable } from 'kysely'
import type { OrderTable } from '../database/tables/orders.ts'
import type { CheckoutFacts } from '../payments/payments.ts'

/** A row of orders. */
export type Order = Selectable<OrderTable>

/** What has to happen. */
export interface Step {
  /** `mismatch`: what was paid is not what was ordered, or is said to be unpaid again; a person has to look at it. */
  readonly outcome: 'applied' | 'unchanged' | 'mismatch'
  /** True when the credits are to be added: once in the life of an order. */
  readonly isCredited: boolean
  /** Credits to take back now; below zero: to give back, since a dispute was won or a refund failed. */
  readonly reverse: number
  /** The order as it is then. */
  readonly order: Order
}

/** Decides what becomes of an order. */
export function toStep(before: Order, facts: CheckoutFacts, now: Date): Step {
  const isPaid = before.paid_at !== null || facts.status === 'paid'
  const isOther = facts.amountMinor !== before.amount_minor || facts.currency !== before.currency
  if (isPaid && (isOther || facts.status !== 'paid'))
    return { outcome: 'mismatch', isCredited: false, reverse: 0, order: before }

  const known = { ...before, checkout_ref: facts.ref, payment_ref: facts.paymentRef ?? before.payment_ref }
  const order = isPaid ? toPaid(known, facts, now) : toUnpaid(known, facts)
  return {
    outcome: isEqual(before, order) ? 'unchanged' : 'applied',
    isCredited: isPaid && before.paid_at === null,
    reverse: order.credits_reversed - before.credits_reversed,
    order,
  }
}

function toUnpaid(before: Order, { status }: CheckoutFacts): Order {
  const state = status === 'open' || status === 'paid' ? 'created' : status
  return { ...before, state, checkout_url: state === 'created' ? before.checkout_url : null }
}

function toPaid(before: Order, facts: CheckoutFacts, now: Date): Order {
  const refunded = Math.min(facts.amountRefundedMinor, before.amount_minor)
  const isDisputed = facts.dispute === 'open' || facts.dispute === 'lost'
  return {
    ...before,
    state: toPaidState(isDisputed, refunded === before.amount_minor),
    paid_at: before.paid_at ?? now,
    tax_minor: facts.taxMinor,
    amount_refunded_minor: refunded,
    // A part of a credit stays with the customer.
    credits_reversed: isDisputed ? before.credits : Math.floor((before.credits * refunded) / before.amount_minor),
    dispute: facts.dispute,
    billing: facts.billing ?? before.billing,
    checkout_url: null,
  }
}

function toPaidState(isDisputed: boolean, isRefunded: boolean): OrderState {
  if (isDisputed) return 'disputed'
  return isRefunded ? 'refunded' : 'paid'
}

const followed = [
  'state',
  'paid_at',
  'tax_minor',
  'amount_refunded_minor',
  'credits_reversed',
  'dispute',
  'checkout_ref',
  'payment_ref',
  'checkout_url',
] as const satisfies readonly (keyof Order)[]

/** Billing is not compared: it changes with the rest. */
function isEqual(before: Order, after: Order): boolean {
  return followed.every((name) => before[name] === after[name])
}
