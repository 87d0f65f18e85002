import { expect, test } from 'vitest'
import { parseRatio } from './ratio.ts'

test.each<[string | number, number]>([
  ['16:9', 16 / 9],
  ['4/5', 0.8],
  [' 3 : 2 ', 1.5],
  ['1.91:1', 1.91],
  ['.5', 0.5],
  ['1.5', 1.5],
  [2, 2],
  ['20:1', 20],
  ['1:20', 0.05],
  ['source', 0],
])('%s is %d', (text, ratio) => {
  expect(parseRatio(text)).toBeCloseTo(ratio, 12)
})

test.each<string | number>([
  '',
  'wide',
  '0',
  0,
  '1:0',
  '0:1',
  '-1',
  -2,
  '16:9:4',
  '21:1',
  '1:21',
  '1e1',
  Number.NaN,
  Number.POSITIVE_INFINITY,
])('%s is none', (text) => {
  expect(parseRatio(text)).toBeUndefined()
})
