import { expect, test } from 'vitest'
import { largestSize, placeAround, shareInside, toPixels, toRelative } from './rect.ts'

const photo = { width: 300, height: 200 }

test.each([
  [1.5, 300, 200],
  [3, 300, 100],
  [0.5, 100, 200],
  [0, 300, 200],
])('largest size of ratio %d', (ratio, width, height) => {
  expect(largestSize(photo, ratio)).toEqual({ width, height })
})

test('never less than a pixel', () => {
  expect(largestSize({ width: 3, height: 5000 }, 20)).toEqual({ width: 3, height: 1 })
  expect(largestSize({ width: 5000, height: 3 }, 0.05)).toEqual({ width: 1, height: 3 })
})

test.each([
  [0.5, 0.5, 100, 50],
  [0, 0, 0, 0],
  [1, 1, 200, 100],
  [0.1, 0.9, 0, 100],
])('placed around %d, %d', (x, y, left, top) => {
  const size = { width: 100, height: 100 }
  expect(placeAround(photo, size, { x, y })).toEqual({ left, top, ...size })
})

test('shares become whole pixels and come back', () => {
  const rect = { x: 0.1, y: 0.25, width: 0.5, height: 0.5 }
  expect(toPixels(photo, rect)).toEqual({ left: 30, top: 50, width: 150, height: 100 })
  expect(toRelative(photo, toPixels(photo, rect))).toEqual(rect)
})

test('shares at the far edge and of no size are still a pixel inside', () => {
  expect(toPixels(photo, { x: 1, y: 1, width: 1e-9, height: 1e-9 })).toEqual({
    left: 299,
    top: 199,
    width: 1,
    height: 1,
  })
  expect(toPixels(photo, { x: 0.5, y: 0, width: 0.500_001, height: 1.000_001 })).toEqual({
    left: 150,
    top: 0,
    width: 150,
    height: 200,
  })
})

test('the share of a box inside a frame', () => {
  const frame = { x: 0, y: 0, width: 0.5, height: 1 }
  expect(shareInside({ x: 0.25, y: 0, width: 0.5, height: 1 }, frame)).toBe(0.5)
  expect(shareInside({ x: 0.6, y: 0, width: 0.1, height: 1 }, frame)).toBe(0)
  expect(shareInside({ x: 0.5, y: 0.5, width: 0, height: 0 }, frame)).toBe(1)
  expect(shareInside({ x: 0.51, y: 0.5, width: 0, height: 0 }, frame)).toBe(0)
})
