/** Whatever happens, in whatever order it is heard of, credits are those of the orders that are paid. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { followCheckout } from '../../src/orders/follow.ts'
import type { Payments } from '../../src/payments/payments.ts'
import { printCounts } from '../harness/counts.ts'
import type { Person } from '../harness/service.ts'
import { createFakeWorld, type Happening, type Message, refOf, smallCredits, smallPrice, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await createFakeWorld()
})
afterAll(() => world.close())

type Step =
  | { readonly kind: 'happen'; readonly order: number; readonly what: Happening }
  | { readonly kind: 'deliver'; readonly message: number }
  | { readonly kind: 'reconcile' }

const happenings: Happening[] = [
  'pay',
  'pay',
  'complete-unpaid',
  'succeed-later',
  'fail-later',
  'expire',
  { refund: 123 },
  { refund: smallPrice },
  { refund: 0 },
  { dispute: 'open' },
  { dispute: 'won' },
  { dispute: 'lost' },
]

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('happen' as const),
      order: fc.nat(2),
      what: fc.constantFrom(...happenings),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('deliver' as const), message: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reconcile' as const) }) },
)

test('whatever the sequence: the sum of credits is that of the paid orders', async () => {
  let runs = 0
  let steps = 0
  const seen = { paid: 0, reversed: 0 }
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (sequence) => {
    const person = await world.hero.createPerson()
    const refs = [
      await refOf(world, await world.order(person, 'small')),
      await refOf(world, await world.order(person, 'medium')),
      await refOf(world, await world.order(person, 'large')),
    ]
    const messages: Message[] = []
    for (const next of sequence) {
      steps += 1
      const ref = next.kind === 'happen' ? refs[next.order] : undefined
      if (next.kind === 'happen' && ref !== undefined) messages.push(world.provider.happen(ref, next.what))
      if (next.kind === 'reconcile') await world.reconcile()
      const message = next.kind === 'deliver' ? messages[next.message % messages.length] : undefined
      // Twice at once: the rest of the world is not patient.
      if (message !== undefined) await Promise.all([world.deliver(message), world.deliver(message)])
      await check(person, seen)
    }
    await world.reconcile()
    await check(person, seen)
    runs += 1
  })
  await fc.assert(property, { numRuns: 60 })
  expect(seen.paid).toBeGreaterThan(0)
  expect(seen.reversed).toBeGreaterThan(0)
  printCounts('P credited = paid:', { sequences: runs, steps, ...seen })
})

async function check({ userId }: Person, seen: { paid: number; reversed: number }): Promise<void> {
  const { db } = world.hero.service
  const orders = await db.selectFrom('order').selectAll().where('user_id', '=', userId).execute()
  const wallet = await db.selectFrom('wallet').selectAll().where('user_id', '=', userId).executeTakeFirstOrThrow()
  const paid = orders.filter(({ paid_at }) => paid_at !== null)
  const expected = paid.reduce((sum, { credits, credits_reversed }) => sum + credits - credits_reversed, 0)
  expect(wallet.available - wallet.owed).toBe(expected)
  // Credits come with the payment, and only with it.
  const topups = await db
    .selectFrom('transfer')
    .select(['order_id', 'amount'])
    .where('wallet_id', '=', wallet.id)
    .where('kind', '=', 'topup')
    .where(
      'key',
      'in',
      orders.map(({ id }) => `order:${id}`),
    )
    .execute()
  const sum = topups.reduce((total, { amount }) => total + amount, 0)
  expect(sum).toBe(paid.reduce((total, { credits }) => total + credits, 0))
  seen.paid += paid.length
  seen.reversed += orders.filter(({ credits_reversed }) => credits_reversed > 0).length
}

test('an old answer of the provider does not overwrite a newer one', async () => {
  const person = await world.hero.createPerson()
  const order = await world.order(person)
  const ref = await refOf(world, order)
  world.provider.happen(ref, 'pay')
  let reads = 0
  let goOn = (): void => undefined
  const isHeld = new Promise<void>((resolve) => {
    goOn = resolve
  })
  let hasRead = (): void => undefined
  const isRead = new Promise<void>((resolve) => {
    hasRead = resolve
  })
  // The first answer is long under way.
  const slow: Payments = {
    ...world.payments,
    async readCheckout(checkout) {
      const facts = await world.payments.readCheckout(checkout)
      reads += 1
      if (reads === 1) {
        hasRead()
        await isHeld
      }
      return facts
    },
  }
  const { service } = world.hero
  const first = followCheckout(service, slow, { ref, orderId: order.id })
  await isRead
  world.provider.happen(ref, { refund: smallPrice })
  expect(await followCheckout(service, world.payments, { ref, orderId: order.id })).toBe('applied')
  goOn()
  expect(await first).toBe('unchanged')
  expect(reads).toBe(2)
  expect(await world.read(order.id)).toMatchObject({ state: 'refunded', credits_reversed: smallCredits })
  expect(await world.balance(person)).toEqual({ available: 0, owed: 0 })
})
