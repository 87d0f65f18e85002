import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageFolder } from '../package-folder.ts'
import { documentLifetimes, documentTables } from './document.ts'

const page = readFileSync(join(packageFolder, 'docs/privacy.md'), 'utf8')

test('docs/privacy.md says how long what is kept, as the job does it', () => {
  expect(page).toContain(documentLifetimes())
})

test('docs/privacy.md says of each table what it holds', () => {
  expect(page).toContain(documentTables())
})
