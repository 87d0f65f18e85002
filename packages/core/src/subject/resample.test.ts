import { expect, test } from 'vitest'
import { evenSizeInside, resample } from './resample.ts'

const row = (...values: number[]): Parameters<typeof resample>[0] => ({
  width: values.length,
  height: 1,
  data: Uint8Array.from(values.flatMap((value) => [value, 0, 255])),
})
const reds = ({ data }: { data: Uint8Array }): number[] => [...data].filter((_, at) => at % 3 === 0)

test('every pixel is the mean of the area that it covers', () => {
  expect(reds(resample(row(0, 100, 200, 40), { width: 2, height: 1 }))).toEqual([50, 120])
  // 1.5 old pixels each: 10 and half of 40, half of 40 and 70.
  expect(reds(resample(row(10, 40, 70), { width: 2, height: 1 }))).toEqual([20, 60])
  expect(reds(resample(row(10, 40), { width: 4, height: 2 }))).toEqual([10, 10, 40, 40, 10, 10, 40, 40])
})

test('a mirrored raster gives the mirrored result', () => {
  const values = Array.from({ length: 97 }, (_, at) => (at * at * 31) % 256)
  const straight = reds(resample(row(...values), { width: 36, height: 1 }))
  expect(reds(resample(row(...values.toReversed()), { width: 36, height: 1 }))).toEqual(straight.toReversed())
})

test('sizes inside a square are even, also of slivers', () => {
  expect(evenSizeInside({ width: 512, height: 341 }, 192)).toEqual({ width: 192, height: 128 })
  expect(evenSizeInside({ width: 500, height: 1 }, 192)).toEqual({ width: 192, height: 2 })
})
