/** P6: what every payment provider has to do for us, seen through its adapter alone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId, toWireId } from '../../src/keys/uuid.ts'
import type { CheckoutFacts, CheckoutWish, PaymentEvent, PaymentSubject } from '../../src/payments/payments.ts'
import { PaymentsError } from '../../src/payments/payments-error.ts'
import { printCounts } from '../harness/counts.ts'
import { createStripeWorld, type Happening, type World, worlds } from './world.ts'

describe.each(worlds)('P6 the contract of payments, kept by $name', ({ name, create }) => {
  let world: World
  let passed = 0
  beforeAll(async () => {
    world = await create()
  })
  afterAll(async () => {
    printCounts(`P6 ${name}:`, { cases: passed })
    await world.close()
  })
  const kept = (title: string, check: () => Promise<void>): void => {
    test(`P6 ${name}: ${title}`, async () => {
      await check()
      passed += 1
    })
  }

  const wish = (): CheckoutWish => ({
    orderId: toWireId('order', newId()),
    credits: 200,
    amountMinor: 1800,
    currency: 'USD',
    email: 'ada@example.org',
    successUrl: 'http://hero.test/orders/1',
    cancelUrl: 'http://hero.test/credits',
  })
  const open = async (): Promise<{ ref: string; orderId: string }> => {
    const asked = wish()
    const { ref } = await world.payments.createCheckout(asked)
    return { ref, orderId: asked.orderId }
  }
  const after = async (...happenings: Happening[]): Promise<CheckoutFacts> => {
    const { ref } = await open()
    for (const what of happenings) world.provider.happen(ref, what)
    return world.payments.readCheckout(ref)
  }
  const readEvent = (message: { body: string; headers: Readonly<Record<string, string>> }): Promise<PaymentEvent> =>
    world.payments.readEvent(Buffer.from(message.body), new Headers(message.headers), world.hero.clock.now())

  kept('a checkout is made once per order', async () => {
    const asked = wish()
    const first = await world.payments.createCheckout(asked)
    const [second, third] = await Promise.all([
      world.payments.createCheckout(asked),
      world.payments.createCheckout(asked),
    ])
    expect([second, third]).toEqual([first, first])
    expect(URL.canParse(first.url)).toBe(true)
    expect(await world.payments.createCheckout(wish())).not.toEqual(first)
  })

  kept('trouble of the provider is an error that names no secret; the next attempt works', async () => {
    const asked = wish()
    world.provider.failNextCheckout()
    const error = await world.payments.createCheckout(asked).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(PaymentsError)
    expect(JSON.stringify(error) + String(error)).not.toMatch(/sk_test|whsec|ada@/)
    expect((await world.payments.createCheckout(asked)).ref).toMatch(/\w+/)
  })

  kept('an open checkout knows its order, its price, and nobody who paid', async () => {
    const asked = wish()
    const { ref } = await world.payments.createCheckout(asked)
    expect(await world.payments.readCheckout(ref)).toMatchObject({
      ref,
      orderId: asked.orderId,
      status: 'open',
      amountMinor: 1800,
      currency: 'USD',
      amountRefundedMinor: 0,
      dispute: null,
      paymentRef: null,
      billing: null,
    })
  })

  kept('paid at once', async () => {
    const facts = await after('pay')
    expect(facts).toMatchObject({ status: 'paid', amountMinor: 1800, paymentRef: expect.any(String) })
    expect(facts.taxMinor).toBeGreaterThanOrEqual(0)
    expect(facts.billing).toMatchObject({
      name: expect.any(String),
      address: { country: expect.any(String) },
      tax_ids: [],
    })
  })

  kept('paid later, or not at all', async () => {
    expect((await after('complete-unpaid')).status).toBe('pending')
    expect((await after('complete-unpaid', 'succeed-later')).status).toBe('paid')
    expect((await after('complete-unpaid', 'fail-later')).status).toBe('failed')
    expect((await after('expire')).status).toBe('expired')
  })

  kept('refunds, in part and whole', async () => {
    expect(await after('pay', { refund: 500 })).toMatchObject({ status: 'paid', amountRefundedMinor: 500 })
    expect(await after('pay', { refund: 500 }, { refund: 1800 })).toMatchObject({ amountRefundedMinor: 1800 })
    // A refund can fail: the bank sends it back.
    expect(await after('pay', { refund: 1800 }, { refund: 0 })).toMatchObject({ amountRefundedMinor: 0 })
  })

  kept('disputes: open, won, lost', async () => {
    expect((await after('pay', { dispute: 'open' })).dispute).toBe('open')
    expect((await after('pay', { dispute: 'open' }, { dispute: 'won' })).dispute).toBe('won')
    expect((await after('pay', { dispute: 'open' }, { dispute: 'lost' })).dispute).toBe('lost')
  })

  kept('every event leads to its checkout and its order', async () => {
    const { ref, orderId } = await open()
    const happenings: Happening[] = [
      'complete-unpaid',
      'succeed-later',
      { refund: 100 },
      { dispute: 'open' },
      { dispute: 'won' },
    ]
    const ids = new Set<string>()
    for (const what of happenings) {
      const event = await readEvent(world.provider.happen(ref, what))
      expect(await world.payments.locate(event), event.type).toEqual({ ref, orderId })
      ids.add(event.id)
    }
    expect(ids.size).toBe(happenings.length)
  })

  kept('what does not concern orders leads nowhere', async () => {
    const { ref } = await open()
    world.provider.happen(ref, 'pay')
    const event = await readEvent(world.provider.beginPayment(ref))
    expect(event.subject).toBeNull()
    expect(await world.payments.locate(event)).toBeUndefined()
  })

  kept('signatures are checked over the bytes as they came, and for their age', async () => {
    const { ref } = await open()
    const { body, headers } = world.provider.happen(ref, 'pay')
    const now = world.hero.clock.now()
    await expect(readEvent({ body: `${body} `, headers })).rejects.toMatchObject({ code: 'invalid-signature' })
    await expect(readEvent({ body, headers: {} })).rejects.toMatchObject({ code: 'invalid-signature' })
    await expect(readEvent({ body: '', headers })).rejects.toMatchObject({ code: 'invalid-signature' })
    const old = world.provider.sign(body, new Date(now.getTime() - 301_000))
    await expect(readEvent({ body, headers: old })).rejects.toMatchObject({ code: 'invalid-signature' })
    const signedNoise = { body: 'no json', headers: world.provider.sign('no json', now) }
    await expect(readEvent(signedNoise)).rejects.toMatchObject({ code: 'invalid-json' })
    expect((await readEvent({ body, headers })).subject).toMatchObject({ kind: 'checkout', ref })
  })

  kept('events that nobody took are told again, all of them', async () => {
    const { ref } = await open()
    const since = new Date(world.hero.clock.now().getTime() - 60_000)
    const told = [
      'complete-unpaid' as const,
      'succeed-later' as const,
      { refund: 1 },
      { refund: 2 },
      { refund: 3 },
    ].map((what) => world.provider.happen(ref, what).id)
    const found: string[] = []
    for await (const page of world.payments.undelivered(since)) found.push(...page.map(({ id }) => id))
    expect(found).toEqual(expect.arrayContaining(told))
    expect(new Set(found).size).toBe(found.length)
  })

  kept('what happened since a time is told, delivered or not', async () => {
    const since = new Date(world.hero.clock.now().getTime() - 60_000)
    const opened = [await open(), await open(), await open(), await open()]
    for (const { ref } of opened) world.provider.markDelivered(world.provider.happen(ref, 'pay').id)
    for (const { ref } of opened.slice(0, 2)) {
      world.provider.markDelivered(world.provider.happen(ref, { refund: 1 }).id)
      world.provider.markDelivered(world.provider.happen(ref, { dispute: 'open' }).id)
    }
    const tell = async (from: Date) => {
      const found: PaymentSubject[] = []
      for await (const page of world.payments.changedSince(from)) found.push(...page)
      return found
    }
    const found = await tell(since)
    for (const [index, { ref, orderId }] of opened.entries()) {
      expect(found).toContainEqual({ kind: 'checkout', ref, orderId })
      const { paymentRef } = await world.payments.readCheckout(ref)
      const isTold = found.some((subject) => subject.kind === 'payment' && subject.ref === paymentRef)
      expect([index, isTold]).toEqual([index, index < 2])
    }
    expect(await tell(new Date(Date.now() + 86_400_000))).toEqual([])
  })

  kept('a checkout that is not there is an error, not an unpaid one', async () => {
    await expect(world.payments.readCheckout('cs_test_nowhere')).rejects.toBeInstanceOf(PaymentsError)
  })
})

test('P6 Stripe was sent nothing that it would not take', async () => {
  const world = await createStripeWorld({ settings: { STRIPE_AUTOMATIC_TAX: 'true' } })
  const ref = await world.order(await world.hero.createPerson(), 'large')
  expect(ref.checkout_url).toMatch(/^https:\/\/checkout\.stripe\.test\//)
  expect(world.stripe.refusals).toEqual([])
  await world.close()
})
