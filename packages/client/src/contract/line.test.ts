import { expect, test } from 'vitest'
import { lineSchema, toLine } from './line.ts'

const line = lineSchema(20)

test.each([
  ['a tab', 'a\tb'],
  ['a line end', 'a\nb'],
  ['an escape', 'a\u001b[31mb'],
  ['a deletion', 'a\u007fb'],
  ['a control of the second block', 'a\u009bb'],
  ['a line separator', 'a\u2028b'],
  ['an override', 'photo\u202egpj.exe'],
  ['an embedding', 'a\u202bb'],
  ['an isolate', 'a\u2066b\u2069'],
  ['nothing to see', '\u200b\u200d\u2060'],
  ['spaces only', ' \u00a0 '],
  ['too much', 'x'.repeat(21)],
])('%s is no line', (_, text) => {
  expect(line.safeParse(text).success).toBe(false)
})

test.each([['Spring campaign'], ['👩‍👩‍👧 2026'], ['می‌خواهم'], ['שלום\u200f!'], ['图'], ["O'Neill"]])(
  '%s is a line',
  (text) => {
    expect(line.parse(` ${text} `)).toBe(text)
  },
)

test('what others say of a person becomes a line', () => {
  expect(toLine(' Ada\r\n\u202eevil\u0007  B ')).toBe('Ada evil B')
  expect(line.safeParse(toLine('\u202e\n')).success).toBe(false)
})
