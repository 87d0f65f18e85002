import { expect, test } from 'vitest'
import type { RgbRaster } from '../types.ts'
import { measureSharpness } from './sharpness.ts'

/** Stripes, sharp on the left and out of focus on the right. */
function drawStripes(contrast: number): RgbRaster {
  const [width, height] = [160, 80]
  const data = new Uint8Array(width * height * 3)
  for (let at = 0; at < width * height; at++) {
    const x = at % width
    const wave = x < width / 2 ? (x % 16 < 8 ? 1 : -1) : Math.sin((x / 16) * 2 * Math.PI)
    data.fill(128 + Math.round(wave * contrast), 3 * at, 3 * at + 3)
  }
  return { width, height, data }
}

test.each([100, 25])('soft stripes are less sharp than hard ones, at contrast %i', (contrast) => {
  const meter = measureSharpness(drawStripes(contrast))
  const [hard, soft] = [
    meter.of({ x: 0, y: 0, width: 0.5, height: 1 }),
    meter.of({ x: 0.5, y: 0, width: 0.5, height: 1 }),
  ]
  expect(hard).toBeGreaterThan(0.9)
  expect(soft).toBeLessThan(0.6)
})

test('where nothing has any detail, everything counts as sharp', () => {
  const flat = { width: 20, height: 20, data: new Uint8Array(1200).fill(80) }
  expect(measureSharpness(flat).of({ x: 0, y: 0, width: 1, height: 1 })).toBe(1)
})
