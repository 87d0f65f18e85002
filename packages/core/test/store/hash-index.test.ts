import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createHashIndex } from '../../src/store/hash-index.ts'
import { createFolder } from './folder.ts'

const hash = 'ab'.repeat(32)
const otherHash = 'cd'.repeat(32)
const stamp = { size: 1000, mtimeMs: 1_700_000_000_123.456, ino: 42 }

test('knows a file that has not changed, also after a restart', async () => {
  const dir = createFolder()
  const index = createHashIndex(dir)
  expect(index.hashOf('/a.jpg', stamp)).toBeUndefined()
  index.remember('/a.jpg', stamp, hash)
  expect(index.hashOf('/a.jpg', stamp)).toBe(hash)
  await index.flush()
  expect(createHashIndex(dir).hashOf('/a.jpg', stamp)).toBe(hash)
})

test.each([
  ['size', { ...stamp, size: 1001 }],
  ['time', { ...stamp, mtimeMs: stamp.mtimeMs + 0.001 }],
  ['inode', { ...stamp, ino: 43 }],
  ['change time', { ...stamp, ctimeMs: stamp.mtimeMs }],
])('does not know a file of another %s', (_what, changed) => {
  const index = createHashIndex(createFolder())
  index.remember('/a.jpg', stamp, hash)
  expect(index.hashOf('/a.jpg', changed)).toBeUndefined()
})

test('a file changed less than two seconds before it was read is not remembered', () => {
  const index = createHashIndex(createFolder())
  index.remember('/a.jpg', stamp, hash, stamp.mtimeMs + 1999)
  expect(index.hashOf('/a.jpg', stamp)).toBeUndefined()
  index.remember('/a.jpg', stamp, hash, stamp.mtimeMs - 5000)
  expect(index.hashOf('/a.jpg', stamp)).toBeUndefined()
  index.remember('/a.jpg', stamp, hash, stamp.mtimeMs + 2001)
  expect(index.hashOf('/a.jpg', stamp)).toBe(hash)
})

test('what several builds remember comes together', async () => {
  const dir = createFolder()
  const [one, two] = [createHashIndex(dir), createHashIndex(dir)]
  one.remember('/a.jpg', stamp, hash)
  two.remember('/b.jpg', stamp, otherHash)
  await one.flush()
  await two.flush()
  const later = createHashIndex(dir)
  expect([later.hashOf('/a.jpg', stamp), later.hashOf('/b.jpg', stamp)]).toEqual([hash, otherHash])
})

describe('the file', () => {
  const fileIn = (dir: string): string => join(dir, 'v1/hashes.json')

  test.each([
    ['cut off', '{"version":1,"files":{"/a'],
    ['of another version', '{"version":2,"files":{}}'],
    ['null', 'null'],
    ['made of wrong records', '{"version":1,"files":{"/a.jpg":{"size":1000,"hash":"../../x"}}}'],
  ])('%s counts as empty and is replaced', async (_what, text) => {
    const dir = createFolder()
    mkdirSync(join(dir, 'v1'))
    writeFileSync(fileIn(dir), text)
    const index = createHashIndex(dir)
    expect(index.hashOf('/a.jpg', stamp)).toBeUndefined()
    index.remember('/a.jpg', stamp, hash)
    await index.flush()
    expect(createHashIndex(dir).hashOf('/a.jpg', stamp)).toBe(hash)
  })

  test('forgets files that were not used for 90 days, and keeps those in use', async () => {
    const dir = createFolder()
    const index = createHashIndex(dir)
    for (const name of ['/gone.jpg', '/used.jpg']) index.remember(name, stamp, hash)
    await index.flush()
    const day = Math.floor(Date.now() / 86_400_000)
    writeFileSync(fileIn(dir), readFileSync(fileIn(dir), 'utf8').replaceAll(`"day":${day}`, `"day":${day - 100}`))
    const later = createHashIndex(dir)
    expect(later.hashOf('/used.jpg', stamp)).toBe(hash)
    await later.flush()
    const latest = createHashIndex(dir)
    expect(latest.hashOf('/used.jpg', stamp)).toBe(hash)
    expect(latest.hashOf('/gone.jpg', stamp)).toBeUndefined()
  })

  test('a folder that cannot be written costs nothing but time', async () => {
    const dir = join(createFolder(), 'file')
    writeFileSync(dir, '')
    const index = createHashIndex(dir)
    index.remember('/a.jpg', stamp, hash)
    await index.flush()
    expect(index.hashOf('/a.jpg', stamp)).toBe(hash)
  })
})
