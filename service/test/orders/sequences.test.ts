/** Whatever happens, in whatever order it is heard of, credits are those of the orders that are paid. Many more sequences: bar/order-sequences.test.ts. */
import { expect, test } from 'vitest'
import { printCounts } from '../harness/counts.ts'
import { liveThrough } from './sequences.ts'
import { createFakeWorld } from './world.ts'

test('P whatever the sequence: the sum of credits is that of the paid orders', async () => {
  const world = await createFakeWorld()
  const seen = await liveThrough(world, 20)
  expect(seen.paid).toBeGreaterThan(0)
  expect(seen.reversed).toBeGreaterThan(0)
  printCounts('P credited = paid:', { ...seen })
  await world.close()
})
