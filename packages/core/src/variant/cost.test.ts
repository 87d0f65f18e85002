import { expect, test } from 'vitest'
import type { Variant } from '../types.ts'
import { estimateSeconds } from './cost.ts'

const variant = (format: Variant['format'], effort: number, frames = 1): Variant => ({
  name: 'a',
  key: 'a',
  source: 'a',
  format,
  width: 2000,
  height: 1000,
  rect: { left: 0, top: 0, width: 2000, height: 1000 },
  encoder: { quality: 50, effort },
  colour: 'srgb',
  frames,
  alpha: false,
  depth: 8,
  gainMap: false,
  metadata: 'none',
  allowTruncated: false,
})

test('AVIF is what takes the time, and more with every effort', () => {
  const seconds = [0, 1, 2, 3, 4].map((effort) => estimateSeconds([variant('avif', effort)], 1))
  expect(seconds).toEqual(seconds.toSorted((a, b) => a - b))
  expect(estimateSeconds([variant('webp', 2)], 1)).toBeLessThan(estimateSeconds([variant('avif', 3)], 1) / 5)
})

test('files and frames add up, cores share them', () => {
  const one = estimateSeconds([variant('webp', 2)], 1)
  expect(estimateSeconds([variant('webp', 2), variant('webp', 2)], 1)).toBeCloseTo(2 * one)
  expect(estimateSeconds([variant('webp', 2, 10)], 2)).toBeCloseTo(5 * one)
  expect(estimateSeconds([], 4)).toBe(0)
})
