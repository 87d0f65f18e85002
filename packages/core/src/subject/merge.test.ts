/** Boxes around one thing, and boxes around another. */
import { expect, test } from 'vitest'
import { mergeOverlapping } from './merge.ts'

test('boxes that overlap become their mean, by score; the surest says how sure', () => {
  const boxes = [
    { score: 0.25, numbers: [4, 0, 10, 10, 7] },
    { score: 0.75, numbers: [0, 0, 10, 10, 3] },
    { score: 0.5, numbers: [40, 0, 10, 10, 1] },
  ]
  expect(mergeOverlapping(boxes, 0.4)).toEqual([
    { score: 0.75, numbers: [1, 0, 10, 10, 4] },
    { score: 0.5, numbers: [40, 0, 10, 10, 1] },
  ])
})

test('what overlaps by less stays, the surest first', () => {
  // 6 of 14 in common.
  const boxes = [
    { score: 0.3, numbers: [4, 0, 10, 10] },
    { score: 0.6, numbers: [0, 0, 10, 10] },
  ]
  expect(mergeOverlapping(boxes, 0.45).map(({ score }) => score)).toEqual([0.6, 0.3])
})
