import { expect, test } from 'vitest'
import { canvasOf } from './canvas.ts'

test.each([
  [{ width: 300, height: 200 }, '4:5', { width: 300, height: 375 }, { left: 0, top: 88 }],
  [{ width: 300, height: 200 }, '16:9', { width: 356, height: 200 }, { left: 28, top: 0 }],
  [{ width: 200, height: 300 }, '2:1', { width: 600, height: 300 }, { left: 200, top: 0 }],
  [{ width: 7, height: 5 }, '1:1', { width: 7, height: 7 }, { left: 0, top: 1 }],
])('%o to %s', (photo, ratio, canvas, place) => {
  expect(canvasOf(photo, { ratio })).toEqual({ canvas, original: { ...photo, ...place } })
})

test('an anchor says where the photo lies, as far as it can', () => {
  const photo = { width: 300, height: 200 }
  const topOf = (y: number): number => canvasOf(photo, { ratio: '1:1', anchor: { x: 0.5, y } }).original.top
  expect([topOf(0), topOf(0.5), topOf(1)]).toEqual([0, 50, 100])
})

test('a canvas in shares of the photo becomes whole pixels around it', () => {
  const canvas = { x: -0.25, y: 0, width: 1.5, height: 1.1 }
  expect(canvasOf({ width: 101, height: 50 }, { canvas })).toEqual({
    canvas: { width: 151, height: 55 },
    original: { left: 25, top: 0, width: 101, height: 50 },
  })
})

test('what the photo has already is no wish', () => {
  expect(() => canvasOf({ width: 300, height: 200 }, { ratio: '3:2' })).toThrow()
  expect(() => canvasOf({ width: 300, height: 200 }, { canvas: { x: 0, y: 0, width: 1, height: 1 } })).toThrow()
})
