import { expect, test } from 'vitest'
import { forCrop, parseRatio, toRatioText } from './ratio.ts'

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

test.each([
  [16 / 9, '16:9'],
  [1200 / 630, '40:21'],
  [1.91, '191:100'],
  [0.8, '4:5'],
  [Math.PI, '3.1416'],
  [0, 'source'],
])('%d is written as %s', (ratio, text) => {
  expect(toRatioText(ratio)).toBe(text)
})

test.each([
  ['by its name', { wide: 1, '2:1': 2 }, 1],
  ['by its ratio', { tall: 1, '2:1': 2 }, 2],
  ['by its ratio, written otherwise', { '4/2': 3 }, 3],
  ['by a rounded ratio', { '1.998': 4 }, 4],
  ['by the nearest ratio', { '2.003': 5, '2:1': 6, '1.997': 7 }, 6],
  ['not by another', { '16:9': 5, toString: 6 }, undefined],
])('a crop is looked up %s', (_how, table, found) => {
  expect(forCrop<number>(table, { name: 'wide', ratio: 2 })).toBe(found)
})

test('the ratio of the photo itself has a key of its own', () => {
  expect(forCrop({ source: 1, '3:2': 2 }, { name: 'whole', ratio: 0 })).toBe(1)
})
