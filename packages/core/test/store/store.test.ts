import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { headerSize } from '../../src/store/entry.ts'
import { createStore } from '../../src/store/store.ts'
import { createFolder } from './folder.ts'
import { asNobody, fixture, startScript } from './script.ts'

const payload = new TextEncoder().encode('a picture')
const fileOf = (dir: string, key: string): string => join(dir, 'v1', 'variant', key.slice(0, 2), key)
const tempsIn = (dir: string): readonly string[] =>
  existsSync(join(dir, 'v1/tmp')) ? readdirSync(join(dir, 'v1/tmp')) : []
const dayMs = 86_400_000

test('gives back what was written, by room and key', async () => {
  const dir = join(createFolder(), 'made', 'as needed')
  const store = createStore({ dir, mode: 'read-write' })
  expect(existsSync(dir)).toBe(false)
  expect(await store.read('variant', 'abc')).toBeUndefined()
  await store.write('variant', 'abc', payload)
  expect(await store.has('variant', 'abc')).toBe(true)
  expect(await store.read('variant', 'abc')).toEqual(payload)
  expect(await store.has('analysis', 'abc')).toBe(false)
  expect(existsSync(join(dir, 'v1/variant/ab/abc'))).toBe(true)
  expect(tempsIn(dir)).toEqual([])
  expect(readdirSync(dir)).toEqual(['v1'])
})

test('a payload may be empty or a single letter key away, and owns its memory', async () => {
  const store = createStore({ dir: createFolder(), mode: 'read-write' })
  await store.write('analysis', 'a', new Uint8Array())
  await store.write('variant', 'bcd', payload)
  expect(await store.read('analysis', 'a')).toEqual(new Uint8Array())
  expect((await store.read('variant', 'bcd'))?.buffer.byteLength).toBe(payload.length)
})

test.each(['', '../etc', 'ABC', 'a.b', 'a/b', 'ä'])('refuses the key %j in every mode', async (key) => {
  for (const mode of ['read-write', 'read-only', 'off'] as const) {
    const store = createStore({ dir: createFolder(), mode })
    await expect(store.has('variant', key)).rejects.toThrow(TypeError)
    await expect(store.read('variant', key)).rejects.toThrow(TypeError)
    await expect(store.write('variant', key, payload)).rejects.toThrow(TypeError)
  }
})

describe('modes', () => {
  test('off has nothing and keeps nothing', async () => {
    const dir = createFolder()
    await createStore({ dir, mode: 'read-write' }).write('variant', 'abc', payload)
    const store = createStore({ dir, mode: 'off' })
    await store.write('variant', 'def', payload)
    expect(await store.has('variant', 'abc')).toBe(false)
    expect(await store.read('variant', 'abc')).toBeUndefined()
    expect(existsSync(fileOf(dir, 'def'))).toBe(false)
  })

  test('read-only gives what is there and changes nothing, not even what is corrupt', async () => {
    const dir = createFolder()
    const writer = createStore({ dir, mode: 'read-write' })
    await writer.write('variant', 'abc', payload)
    await writer.write('variant', 'bad', payload)
    truncateSync(fileOf(dir, 'bad'), headerSize + 2)
    const old = new Date(Date.now() - 5 * dayMs)
    utimesSync(fileOf(dir, 'abc'), old, old)
    const store = createStore({ dir, mode: 'read-only' })
    await store.write('variant', 'def', payload)
    expect(await store.read('variant', 'abc')).toEqual(payload)
    expect(await store.read('variant', 'bad')).toBeUndefined()
    expect(existsSync(fileOf(dir, 'def'))).toBe(false)
    expect(existsSync(fileOf(dir, 'bad'))).toBe(true)
    expect(statSync(fileOf(dir, 'abc')).mtimeMs).toBeCloseTo(old.getTime(), -1)
  })
})

describe('damage', () => {
  const whole = payload.length + headerSize
  const flip = (file: string, at: number): void => {
    const bytes = readFileSync(file)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(file, bytes)
  }
  test.each<[string, boolean, (file: string) => void]>([
    ['empty', false, (file) => truncateSync(file, 0)],
    ['cut inside the header', false, (file) => truncateSync(file, headerSize - 1)],
    ['cut inside the payload', false, (file) => truncateSync(file, whole - 1)],
    ['longer than written', false, (file) => writeFileSync(file, 'x', { flag: 'a' })],
    ['of another kind', false, (file) => flip(file, 0)],
    ['changed in the stored checksum', true, (file) => flip(file, headerSize - 1)],
    ['changed in one bit', true, (file) => flip(file, whole - 1)],
  ])('an entry that is %s is a miss and is removed', async (_what, looksWhole, damage) => {
    const dir = createFolder()
    const store = createStore({ dir, mode: 'read-write' })
    await store.write('variant', 'abc', payload)
    damage(fileOf(dir, 'abc'))
    expect(await store.has('variant', 'abc')).toBe(looksWhole)
    expect(await store.read('variant', 'abc')).toBeUndefined()
    expect(existsSync(fileOf(dir, 'abc'))).toBe(false)
    await store.write('variant', 'abc', payload)
    expect(await store.read('variant', 'abc')).toEqual(payload)
  })

  test('a process killed while writing leaves the entry complete', { timeout: 30_000 }, async () => {
    const dir = createFolder()
    for (let round = 0; round < 3; round++) {
      const { child, until, ended } = startScript(process.execPath, [fixture('write-for-ever.ts'), dir, 'abc'])
      await until('writing')
      await new Promise((done) => setTimeout(done, 7 * round))
      child.kill('SIGKILL')
      await ended
      const found = await createStore({ dir, mode: 'read-only' }).read('variant', 'abc')
      expect(found?.length).toBe(300_000)
    }
  })

  test('temp files of killed processes go with a later first write, younger ones stay', async () => {
    const dir = createFolder()
    await createStore({ dir, mode: 'read-write' }).write('variant', 'abc', payload)
    writeFileSync(join(dir, 'v1/tmp/young'), '')
    writeFileSync(join(dir, 'v1/tmp/old'), '')
    const twoHoursAgo = new Date(Date.now() - 2 * 60 * 60 * 1000)
    utimesSync(join(dir, 'v1/tmp/old'), twoHoursAgo, twoHoursAgo)
    await createStore({ dir, mode: 'read-write' }).write('variant', 'def', payload)
    expect(tempsIn(dir)).toEqual(['young'])
  })
})

test('concurrent writers of one key leave one complete entry', async () => {
  const dir = createFolder()
  const stores = [createStore({ dir, mode: 'read-write' }), createStore({ dir, mode: 'read-write' })]
  const payloads = Array.from({ length: 20 }, (_, i) => new Uint8Array(50_000 + i).fill(i))
  const reads: Promise<Uint8Array | undefined>[] = []
  await Promise.all(
    payloads.flatMap((bytes) =>
      stores.map(async (store) => {
        await store.write('variant', 'abc', bytes)
        reads.push(store.read('variant', 'abc'))
      }),
    ),
  )
  for (const found of await Promise.all(reads)) expect(payloads).toContainEqual(found)
  expect(tempsIn(dir)).toEqual([])
})

test('reading marks an entry as used, at most once a day', async () => {
  const dir = createFolder()
  const store = createStore({ dir, mode: 'read-write' })
  await store.write('variant', 'abc', payload)
  const usedAfter = async (ageMs: number): Promise<number> => {
    const then = new Date(Date.now() - ageMs)
    utimesSync(fileOf(dir, 'abc'), then, then)
    await store.read('variant', 'abc')
    return Date.now() - statSync(fileOf(dir, 'abc')).mtimeMs
  }
  expect(await usedAfter(dayMs / 2)).toBeGreaterThan(dayMs / 3)
  expect(await usedAfter(dayMs * 2)).toBeLessThan(60_000)
})

describe('a folder that refuses', () => {
  test('a file in place of the folder is named in the error; reading is a miss', async () => {
    const dir = join(createFolder(), 'file')
    writeFileSync(dir, 'not a folder')
    const store = createStore({ dir, mode: 'read-write' })
    expect(await store.read('variant', 'abc')).toBeUndefined()
    await expect(store.write('variant', 'abc', payload)).rejects.toMatchObject({
      code: 'HERO_CACHE_UNWRITABLE',
      file: dir,
    })
  })

  // A limit on the size of files fails in the middle of a write, as a full disk does.
  test.skipIf(process.platform === 'win32')('when the space ends, nothing half-written stays', async () => {
    const dir = createFolder()
    const script = `ulimit -f 8; exec "$0" "$@"`
    const args = ['-c', script, process.execPath, fixture('write-entry.ts'), dir, 'abc', '1000000']
    const { output } = await startScript('/bin/sh', args).ended
    expect(output).toContain('HERO_CACHE_UNWRITABLE')
    expect(output).toContain('EFBIG')
    expect(output).toContain(dir)
    expect(tempsIn(dir)).toEqual([])
    expect(await createStore({ dir, mode: 'read-only' }).has('variant', 'abc')).toBe(false)
  })

  test.skipIf(process.platform === 'win32')('missing permissions are named, for writing and reading', async () => {
    const dir = createFolder()
    await createStore({ dir, mode: 'read-write' }).write('variant', 'abc', payload)
    chmodSync(fileOf(dir, 'abc'), 0o000)
    for (const folder of ['v1/tmp', 'v1/variant/ab', 'v1/variant', 'v1', '.']) chmodSync(join(dir, folder), 0o555)
    const write = await startScript(process.execPath, [fixture('write-entry.ts'), dir, 'def', '10'], asNobody).ended
    const read = await startScript(process.execPath, [fixture('read-entry.ts'), dir, 'abc'], asNobody).ended
    for (const folder of ['.', 'v1', 'v1/variant', 'v1/variant/ab', 'v1/tmp']) chmodSync(join(dir, folder), 0o755)
    expect(write.output).toMatch(/HERO_CACHE_UNWRITABLE.*written.*EACCES/)
    expect(read.output).toMatch(/HERO_CACHE_UNWRITABLE.*read.*EACCES/)
  })
})
