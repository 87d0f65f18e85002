/** The checked in table says what the suite runs. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allCases } from './src/case-names.ts'
import { hosts } from './src/hosts/index.ts'
import { toDocument } from './src/table.ts'

test('docs/hosts.md is up to date; `npm run table -w contract` writes it', async () => {
  expect(await readFile(join(import.meta.dirname, '../docs/hosts.md'), 'utf8')).toBe(toDocument(hosts))
})

test('rows give reasons for cases that there are', () => {
  const named = hosts.flatMap(({ absent, knownGaps = {} }) => [...Object.keys(absent), ...Object.keys(knownGaps)])
  expect(named.filter((name) => !allCases.some((each) => each === name))).toEqual([])
})
