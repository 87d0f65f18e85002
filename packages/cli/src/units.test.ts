import { expect, test } from 'vitest'
import { parseAge, parseSize, toSize } from './units.ts'

test.each([
  ['500MB', 500_000_000],
  ['1.5 GiB', 1_610_612_736],
  ['1024', 1024],
  ['0', 0],
  ['-1', undefined],
  ['5 XB', undefined],
  ['MB', undefined],
])('size %s', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes)
})

test.each([
  ['30d', 2_592_000_000],
  ['2W', 1_209_600_000],
  ['90m', 5_400_000],
  ['30', undefined],
  ['constructor', undefined],
])('age %s', (text, ms) => {
  expect(parseAge(text)).toBe(ms)
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [2_400_000_000, '2.4 GB'],
])('%d bytes', (bytes, text) => {
  expect(toSize(bytes)).toBe(text)
})
