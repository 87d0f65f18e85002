import { expect, test } from 'vitest'
import { fromHalf } from './half.ts'

test('numbers of 16 bits, small, large and special', () => {
  const halves = Uint16Array.from([0x3c00, 0xc000, 0x3555, 0x0001, 0x8001, 0x7bff, 0x0000, 0x7c00])
  const expected = [1, -2, 0.333251953125, 2 ** -24, -(2 ** -24), 65_504, 0, Number.POSITIVE_INFINITY]
  expect([...fromHalf(new Uint8Array(halves.buffer))]).toEqual(expected)
})
