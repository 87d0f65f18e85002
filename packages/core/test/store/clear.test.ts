import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { clearStore } from '../../src/store/clear.ts'
import { headerSize } from '../../src/store/entry.ts'
import { createHashIndex } from '../../src/store/hash-index.ts'
import { withLock } from '../../src/store/lock.ts'
import { pruneStore, storeStats } from '../../src/store/prune.ts'
import { createStore } from '../../src/store/store.ts'
import { createFolder } from './folder.ts'

const dayMs = 86_400_000
const entryBytes = 100 + headerSize

/** A store with three entries of 100 bytes, last used 1, 10 and 100 days ago. */
async function createFullStore(): Promise<string> {
  const dir = createFolder()
  const store = createStore({ dir, mode: 'read-write' })
  const entries = [
    ['variant', 'aa1', 1],
    ['variant', 'bb2', 10],
    ['analysis', 'cc3', 100],
  ] as const
  for (const [room, key, days] of entries) {
    await store.write(room, key, new Uint8Array(100))
    const then = new Date(Date.now() - days * dayMs)
    utimesSync(join(dir, 'v1', room, key.slice(0, 2), key), then, then)
  }
  await withLock(dir, 'photo', async () => undefined)
  const index = createHashIndex(dir)
  index.remember('/photo.jpg', { size: 1, mtimeMs: 1 }, '0'.repeat(64))
  await index.flush()
  return dir
}

describe('storeStats', () => {
  test('counts by room and tells the first and last use', async () => {
    const stats = await storeStats(await createFullStore())
    expect(stats.rooms).toEqual({
      variant: { entries: 2, bytes: 2 * entryBytes },
      analysis: { entries: 1, bytes: entryBytes },
      plan: { entries: 0, bytes: 0 },
    })
    expect(Date.now() - (stats.oldest ?? 0)).toBeGreaterThan(99 * dayMs)
    expect(Date.now() - (stats.newest ?? 0)).toBeLessThan(2 * dayMs)
  })

  test('a missing folder is an empty store', async () => {
    const none = { entries: 0, bytes: 0 }
    expect(await storeStats(join(createFolder(), 'missing'))).toEqual({
      rooms: { variant: none, analysis: none, plan: none },
    })
  })
})

describe('pruneStore', () => {
  test('removes by age, then by size, oldest use first', async () => {
    const dir = await createFullStore()
    expect(await pruneStore(dir, { maxAgeMs: 50 * dayMs })).toEqual({
      removed: { entries: 1, bytes: entryBytes },
      kept: { entries: 2, bytes: 2 * entryBytes },
    })
    await pruneStore(dir, { maxBytes: entryBytes })
    const store = createStore({ dir, mode: 'read-only' })
    expect(await store.has('variant', 'bb2')).toBe(false)
    expect(await store.has('variant', 'aa1')).toBe(true)
  })

  test('an entry that was read lately stays', async () => {
    const dir = await createFullStore()
    await createStore({ dir, mode: 'read-write' }).read('analysis', 'cc3')
    expect((await pruneStore(dir, { maxAgeMs: 5 * dayMs })).removed.entries).toBe(1)
    expect(await createStore({ dir, mode: 'read-only' }).has('analysis', 'cc3')).toBe(true)
  })

  test('a missing folder needs no pruning and is not made', async () => {
    const dir = join(createFolder(), 'missing')
    expect((await pruneStore(dir, { maxBytes: 0 })).removed.entries).toBe(0)
    expect(existsSync(dir)).toBe(false)
  })
})

describe('clearStore', () => {
  test('removes all the store made and nothing else in the folder', async () => {
    const dir = await createFullStore()
    writeFileSync(join(dir, 'key.json'), '{}')
    writeFileSync(join(dir, 'v1', '.DS_Store'), '')
    expect(await clearStore(dir)).toEqual({ entries: 3, bytes: 3 * entryBytes })
    expect(readdirSync(dir)).toEqual(['key.json'])
    expect(await clearStore(dir)).toEqual({ entries: 0, bytes: 0 })
  })

  test.each(['v1/notes.txt', 'v1/variant/photo.jpg', 'v1/variant/aa/photo.jpg', 'v1/variant/aa/bb2', 'v1/raw/a'])(
    'removes nothing when it finds %s',
    async (path) => {
      const dir = await createFullStore()
      mkdirSync(join(dir, path, '..'), { recursive: true })
      writeFileSync(join(dir, path), 'precious')
      await expect(clearStore(dir)).rejects.toMatchObject({ code: 'HERO_INVALID_OPTION', file: dir })
      expect((await storeStats(dir)).rooms.analysis.entries).toBe(1)
    },
  )

  test.skipIf(process.platform === 'win32')('does not follow links', async () => {
    const [dir, elsewhere] = [createFolder(), await createFullStore()]
    symlinkSync(join(elsewhere, 'v1'), join(dir, 'v1'))
    await expect(clearStore(dir)).rejects.toMatchObject({ code: 'HERO_INVALID_OPTION' })
    expect(statSync(join(elsewhere, 'v1/hashes.json')).isFile()).toBe(true)
  })

  test('a build that writes meanwhile succeeds', async () => {
    const dir = createFolder()
    const store = createStore({ dir, mode: 'read-write' })
    const writes = Promise.all(
      Array.from({ length: 100 }, (_, i) => store.write('variant', `k${i}`, new Uint8Array(5000))),
    )
    for (let round = 0; round < 5; round++) await clearStore(dir)
    await writes
    await store.write('variant', 'last', new Uint8Array(1))
    expect(await store.has('variant', 'last')).toBe(true)
  })
})
