import { expect, test } from 'vitest'
import { addToTsconfig, includedBy } from './types-entry.ts'

const entry = '"@hero-image/vite/client"'
const around = (types: string): string => `{ /* x */ "compilerOptions": { "strict": true, "types": ${types} } }`

test.each([
  ['[]', `[${entry}]`],
  ['["a"]', `["a", ${entry}]`],
  ['["a", // first\n"b",\n]', `["a", // first\n"b", ${entry},\n]`],
  ['[\n  "a",\n  "b"\n]', `[\n  "a",\n  "b",\n  ${entry}\n]`],
])('adds to %s', (before, after) => {
  expect(addToTsconfig(around(before))).toBe(around(after))
})

test.each(['{}', '{ "compilerOptions": {} }', '{ "types": [] }', '{ "compilerOptions": { "types": [', '[]'])(
  'leaves %s alone',
  (text) => {
    expect(addToTsconfig(text)).toBeUndefined()
  },
)

test('reads what is included', () => {
  expect(includedBy('{ "include": ["src", /* and */ "test"] }')).toEqual(['src', 'test'])
  expect(includedBy('{}')).toBeUndefined()
})
