import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findImports } from './find-imports.ts'

/** What is found in a project of these files: queries by photo. */
async function found(files: Readonly<Record<string, string>>): Promise<Record<string, string[]>> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hero-imports-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  const imports = await findImports(root)
  return Object.fromEntries([...imports].map(([photo, queries]) => [relative(root, photo), [...queries].sort()]))
}

const photo = { 'photos/a.jpg': '' }

test.each([
  ['src/a.ts', "import a from '../photos/a.jpg?focus=.1,.2&hero=card'", '?focus=.1,.2&hero=card'],
  ['src/a.ts', "const a = await import('../photos/a.jpg?hero')", '?hero'],
  ['src/a.css', '.a { background: url(../photos/a.jpg?hero) center }', '?hero'],
  ['src/a.css', '.a { background: url("../photos/a.jpg?hero=card") }', '?hero=card'],
  ['index.html', '<img src="./photos/a.jpg?focus=.1,.2&amp;hero" alt="">', '?focus=.1,.2&hero'],
  ['index.html', '<img src=/photos/a.jpg?hero>', '?hero'],
  ['src/a.md', '![alt](../photos/a.jpg?hero)', '?hero'],
  ['src/a.vue', '<script setup>import a from "@/photos/a.jpg?hero"</script>', '?hero'],
])('%s: %s', async (name, text, query) => {
  expect(await found({ ...photo, [name]: text })).toEqual({ 'photos/a.jpg': [query] })
})

test('every query once', async () => {
  const text = "import a from './photos/a.jpg?hero'\nimport b from './photos/a.jpg?hero=card'\n"
  expect(await found({ ...photo, 'a.js': text, 'b.js': text })).toEqual({ 'photos/a.jpg': ['?hero', '?hero=card'] })
})

test.each([
  ['a plain import', 'a.js', "import a from './photos/a.jpg'"],
  ["somebody else's query", 'a.js', "import a from './photos/a.jpg?url'"],
  ['a photo that is not there', 'a.js', "import a from './photos/b.jpg?hero'"],
  ['a path that code makes', 'a.js', 'import(`./photos/${name}.jpg?hero`)'],
  ['what a build has made', 'dist/a.js', "import a from '../photos/a.jpg?hero'"],
  ['what others have made', 'node_modules/x/a.js', "import a from '../../photos/a.jpg?hero'"],
])('%s is none of ours', async (_what, name, text) => {
  expect(await found({ ...photo, [name]: text })).toEqual({})
})

test('an alias that could mean several photos means none', async () => {
  const text = "import a from '@/a.jpg?hero'"
  expect(await found({ 'one/a.jpg': '', 'two/a.jpg': '', 'a.js': text })).toEqual({})
  expect(await found({ 'one/a.jpg': '', 'a.js': text })).toEqual({ 'one/a.jpg': ['?hero'] })
})
