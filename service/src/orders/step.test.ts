import { describe, expect, test } from 'vitest'
import type { CheckoutFacts } from '../payments/payments.ts'
import { type Order, toStep } from './step.ts'

const now = new Date('2026-11-28T12:00:00Z')

const placed: Order = {
  id: '0198c2d7-f0b1-7c7e-9d3b-0f4a6c1e2d3f',
  user_id: 'user',
  wallet_id: '0198c2d7-f0b1-7c7e-9d3b-0f4a6c1e2d40',
  state: 'created',
  pack: 'small',
  credits: 50,
  amount_minor: 500,
  tax_minor: null,
  amount_refunded_minor: 0,
  credits_reversed: 0,
  currency: 'USD',
  refundable: false,
  accepted_terms: '2026-11-28',
  customer_name: 'Ada',
  customer_email: 'ada@example.org',
  billing: null,
  provider: 'stripe',
  checkout_ref: 'cs_1',
  payment_ref: null,
  checkout_url: 'https://pay.example/cs_1',
  dispute: null,
  revision: 0,
  created_at: now,
  paid_at: null,
  retain_until: '2026-12-28',
}

const open: CheckoutFacts = {
  ref: 'cs_1',
  orderId: 'ord_0198c2d7f0b17c7e9d3b0f4a6c1e2d3f',
  status: 'open',
  amountMinor: 500,
  taxMinor: 0,
  currency: 'USD',
  amountRefundedMinor: 0,
  dispute: null,
  paymentRef: null,
  billing: null,
}
const paid: CheckoutFacts = { ...open, status: 'paid', paymentRef: 'pi_1', taxMinor: 80 }

const after = (...all: CheckoutFacts[]): Order => all.reduce((order, facts) => toStep(order, facts, now).order, placed)

describe('an order becomes what is true', () => {
  test('nothing new changes nothing', () => {
    expect(toStep(placed, open, now)).toMatchObject({ outcome: 'unchanged', isCredited: false, reverse: 0 })
    expect(toStep(after(paid), paid, now)).toMatchObject({ outcome: 'unchanged', isCredited: false, reverse: 0 })
  })

  test('paid: credited once, with what the provider knows', () => {
    const step = toStep(placed, paid, now)
    expect(step).toMatchObject({ outcome: 'applied', isCredited: true, reverse: 0 })
    expect(step.order).toMatchObject({
      state: 'paid',
      paid_at: now,
      tax_minor: 80,
      payment_ref: 'pi_1',
      checkout_url: null,
    })
  })

  test.each(['pending', 'failed', 'expired'] as const)('%s is not paid', (status) => {
    const step = toStep(placed, { ...open, status }, now)
    expect(step).toMatchObject({ outcome: 'applied', isCredited: false, reverse: 0 })
    expect(step.order).toMatchObject({ state: status, paid_at: null, checkout_url: null })
  })

  test.each(['pending', 'failed', 'expired'] as const)('%s can still become paid', (status) => {
    expect(toStep(after({ ...open, status }), paid, now)).toMatchObject({ isCredited: true, order: { state: 'paid' } })
  })

  test('once paid, it stays paid', () => {
    expect(toStep(after(paid), open, now)).toMatchObject({ outcome: 'mismatch', order: { state: 'paid' } })
  })

  test('the first that is heard may be the refund: credited and taken back', () => {
    const step = toStep(placed, { ...paid, amountRefundedMinor: 500 }, now)
    expect(step).toMatchObject({ isCredited: true, reverse: 50, order: { state: 'refunded', credits_reversed: 50 } })
  })

  test('parts of a refund take their share, rounded in favour of the customer', () => {
    const first = toStep(after(paid), { ...paid, amountRefundedMinor: 19 }, now)
    expect(first).toMatchObject({ reverse: 1, order: { state: 'paid' } })
    const second = toStep(first.order, { ...paid, amountRefundedMinor: 500 }, now)
    expect(second).toMatchObject({ reverse: 49, order: { state: 'refunded' } })
  })

  test('a dispute takes everything, on top of a refund only the rest; won, it gives back', () => {
    const refunded = after(paid, { ...paid, amountRefundedMinor: 250 })
    const disputed = toStep(refunded, { ...paid, amountRefundedMinor: 250, dispute: 'open' }, now)
    expect(disputed).toMatchObject({ reverse: 25, order: { state: 'disputed', credits_reversed: 50 } })
    const won = toStep(disputed.order, { ...paid, amountRefundedMinor: 250, dispute: 'won' }, now)
    expect(won).toMatchObject({ reverse: -25, order: { state: 'paid', credits_reversed: 25 } })
    const lost = toStep(disputed.order, { ...paid, amountRefundedMinor: 250, dispute: 'lost' }, now)
    expect(lost).toMatchObject({ outcome: 'applied', reverse: 0, order: { state: 'disputed', dispute: 'lost' } })
  })

  test('another amount or currency credits nothing', () => {
    for (const other of [{ amountMinor: 1 }, { currency: 'EUR' }]) {
      expect(toStep(placed, { ...paid, ...other }, now)).toEqual({
        outcome: 'mismatch',
        isCredited: false,
        reverse: 0,
        order: placed,
      })
    }
  })

  test('how it was learned does not matter', () => {
    const facts = [{ ...open, status: 'pending' as const }, paid, { ...paid, amountRefundedMinor: 500 }]
    const last = facts.slice(-1)
    expect(after(...facts)).toEqual(after(...last))
  })
})
