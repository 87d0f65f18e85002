/** Orders on the embedded database, which is where the fake provider lives: one connection for everybody, so a transaction that waits for another would wait for ever. */
import { expect, test } from 'vitest'
import { openPglite } from '../../src/database/open.ts'
import { printCounts } from '../harness/counts.ts'
import { createFakeWorld, refOf, smallCredits, smallPrice } from './world.ts'

test('P1, P4 on the embedded database: 20 deliveries credited once, a lost one found', async () => {
  const world = await createFakeWorld({ database: await openPglite() })
  const person = await world.hero.createPerson()
  const [order, again] = await Promise.all([world.order(person), world.order(person)])
  expect(again).toEqual(order)
  const ref = await refOf(world, order)
  const messages = [world.provider.happen(ref, 'complete-unpaid'), world.provider.happen(ref, 'succeed-later')]
  const deliveries = Array.from({ length: 10 }, () => messages.map(world.deliver)).flat()
  const answers = await Promise.all(deliveries)
  expect(answers.every(({ status }) => status === 200)).toBe(true)
  expect(await world.balance(person)).toEqual({ available: smallCredits, owed: 0 })
  world.provider.happen(ref, { refund: smallPrice })
  const lost = await world.order(person)
  world.provider.happen(await refOf(world, lost), 'pay')
  const { changed } = await world.reconcile()
  expect((await world.read(order.id)).state).toBe('refunded')
  expect((await world.read(lost.id)).state).toBe('paid')
  expect(await world.balance(person)).toEqual({ available: smallCredits, owed: 0 })
  printCounts('P1, P4 embedded:', { deliveries: answers.length, credited: 1, lost: 2, found: changed })
  await world.close()
})
