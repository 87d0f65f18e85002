/** Boxes that the object network starts from, against numbers worked out by hand. */
import { expect, test } from 'vitest'
import { listAnchors } from './anchors.ts'

const anchors = listAnchors()

test('three boxes in each of 19 × 19 cells, six in each of the coarser ones', () => {
  expect(anchors).toHaveLength(19 * 19 * 3 + 6 * (100 + 25 + 9 + 4 + 1))
})

test('the finest grid: a small square, a broad box and a tall one, from the corner on', () => {
  const middle = 0.5 / 19 - 0.5
  const long = 0.2 * Math.SQRT2
  const [small, broad, tall, next] = anchors
  expect(small).toEqual({ x: middle, y: middle, width: 0.1, height: 0.1 })
  expect([broad?.width, broad?.height]).toEqual([expect.closeTo(long), expect.closeTo(long / 2)])
  expect([tall?.width, tall?.height]).toEqual([expect.closeTo(long / 2), expect.closeTo(long)])
  expect(next).toEqual({ x: 1.5 / 19 - 0.5, y: middle, width: 0.1, height: 0.1 })
})

test('the coarsest grid: six shapes around the middle, the last one a square between 0.95 and 1', () => {
  const last = anchors.slice(-6)
  expect(last.map(({ x, y }) => [x, y])).toEqual(Array.from({ length: 6 }, () => [0, 0]))
  expect(last.map(({ width, height }) => width / height)).toEqual(
    [1, 2, 1 / 2, 3, 1 / 3, 1].map((ratio) => expect.closeTo(ratio)),
  )
  expect(last[5]?.width).toBeCloseTo(Math.sqrt(0.95))
})

test('in a mirror every box lies on another one', () => {
  const keys = new Set(anchors.map(({ x, y, width, height }) => [x, y, width, height].map((n) => n.toFixed(9)).join()))
  for (const { x, y, width, height } of anchors)
    expect(keys).toContain([0 - x, y, width, height].map((n) => n.toFixed(9)).join())
})
