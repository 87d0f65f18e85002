/** Whatever happens, in whatever order it is heard of, credits are those of the orders that are paid. */
import { expect, test } from 'vitest'
import { printCounts } from '../test/harness/counts.ts'
import { liveThrough } from '../test/orders/sequences.ts'
import { worlds } from '../test/orders/world.ts'

test.each(worlds)(
  'P 100 random sequences with $name: the sum of credits is that of the paid orders',
  async ({ name, create }) => {
    const world = await create()
    const seen = await liveThrough(world, 100)
    expect(seen.sequences).toBe(100)
    expect(seen.paid).toBeGreaterThan(30)
    expect(seen.reversed).toBeGreaterThan(10)
    printCounts(`P credited = paid, ${name}:`, { ...seen })
    await world.close()
  },
)
