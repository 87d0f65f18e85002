/** Answers of the provider that overtake each other. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/keys/uuid.ts'
import { followCheckout } from '../../src/orders/follow.ts'
import type { Payments } from '../../src/payments/payments.ts'
import { createFakeWorld, refOf, smallCredits, smallPrice, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await createFakeWorld()
})
afterAll(() => world.close())

test('an old answer of the provider does not overwrite a newer one', async () => {
  const person = await world.hero.createPerson()
  const order = await world.order(person)
  const ref = await refOf(world, order)
  world.provider.happen(ref, 'pay')
  let reads = 0
  const held = Promise.withResolvers<void>()
  const read = Promise.withResolvers<void>()
  // The first answer is long under way.
  const slow: Payments = {
    ...world.payments,
    async readCheckout(checkout) {
      const facts = await world.payments.readCheckout(checkout)
      reads += 1
      if (reads === 1) {
        read.resolve()
        await held.promise
      }
      return facts
    },
  }
  const { service } = world.hero
  const first = followCheckout(service, slow, { ref, orderId: order.id })
  await read.promise
  world.provider.happen(ref, { refund: smallPrice })
  expect(await followCheckout(service, world.payments, { ref, orderId: order.id })).toBe('applied')
  held.resolve()
  expect(await first).toBe('unchanged')
  expect(reads).toBe(2)
  expect(await world.read(order.id)).toMatchObject({ state: 'refunded', credits_reversed: smallCredits })
  expect(await world.balance(person)).toEqual({ available: 0, owed: 0 })
})

test('an old answer is told from a newer one that found everything as it was', async () => {
  const person = await world.hero.createPerson()
  const order = await world.order(person)
  const ref = await refOf(world, order)
  await world.deliver(world.provider.happen(ref, 'pay'))
  const about = { ref, orderId: order.id }
  const refunded = { id: newId(), type: 'payment.refunded', subject: { kind: 'payment', ref } } as const
  const failed = { ...refunded, id: newId() }
  const held = Promise.withResolvers<void>()
  const read = Promise.withResolvers<void>()
  const slow: Payments = {
    ...world.payments,
    async readCheckout(checkout) {
      const facts = await world.payments.readCheckout(checkout)
      read.resolve()
      await held.promise
      return facts
    },
  }
  const { service } = world.hero
  world.provider.happen(ref, { refund: smallPrice })
  const first = followCheckout(service, slow, about, refunded)
  await read.promise
  // The refund fails before its first answer is written down.
  world.provider.happen(ref, { refund: 0 })
  expect(await followCheckout(service, world.payments, about, failed)).toBe('unchanged')
  held.resolve()
  expect(await first).toBe('unchanged')
  expect(await world.read(order.id)).toMatchObject({ state: 'paid', credits_reversed: 0 })
  expect(await world.balance(person)).toEqual({ available: smallCredits, owed: 0 })
})
