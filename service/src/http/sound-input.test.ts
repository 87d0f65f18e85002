import { expect, test } from 'vitest'
import { findUnsoundTexts } from './sound-input.ts'

const cannotBeKept = 'holds a character that cannot be kept.'

test.each([
  { json: '{"a":"\\u0000"}', pointers: ['/a'] },
  { json: '{"a":["x","\\ud800"]}', pointers: ['/a/1'] },
  { json: '"\\udc00"', pointers: [''] },
  { json: '{"a/b":{"~":"\\uDBFF"}}', pointers: ['/a~1b/~0'] },
])('$json cannot be kept', ({ json, pointers }) => {
  expect(findUnsoundTexts(json)).toEqual(pointers.map((pointer) => ({ pointer, detail: cannotBeKept })))
})

test.each(['{"a":"\\ud83d\\ude00"}', '{"a":"\\\\u0000"}', '{"a":"😀"}', '{"a":"\\u00e9"}', '{broken \\u0000', 'null'])(
  '%s can',
  (json) => expect(findUnsoundTexts(json)).toEqual([]),
)

test('names are texts, too', () => {
  expect(findUnsoundTexts('{"a":{"\\u0000":1}}')).toEqual([
    { pointer: '/a', detail: 'has a name with a character that cannot be kept.' },
  ])
})

test('a megabyte of brackets is no deep stack', () => {
  const depth = 400_000
  const json = `${'['.repeat(depth)}"\\u0000"${']'.repeat(depth)}`
  expect(findUnsoundTexts(json)).toHaveLength(1)
})
