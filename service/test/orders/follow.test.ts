/** Answers of the provider that overtake each other. */
import { afterAll, beforeAll, expect, test } from 'vitest'
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
