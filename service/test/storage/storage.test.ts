/** One contract for storage, whatever keeps the bytes. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDiskStorage } from '../../src/storage/disk.ts'
import { createS3Storage, type S3Options } from '../../src/storage/s3.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { type S3Server, s3Credentials, startS3Server } from '../files/s3-server.ts'

let folder: string
let s3: S3Server
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hero-storage-'))
  s3 = await startS3Server()
})
afterAll(async () => {
  await s3.close()
  await rm(folder, { recursive: true, force: true })
})

const openS3 = (changes: Partial<S3Options> = {}): Storage =>
  createS3Storage({ endpoint: s3.endpoint, ...s3Credentials, ...changes })

const facts = (body: Uint8Array) => ({ bytes: body.length, mediaType: 'image/png' })

async function read(
  storage: Storage,
  key: string,
  range?: { start: number; end: number },
): Promise<Buffer | undefined> {
  const stream = await storage.get(key, range)
  return stream && buffer(stream)
}

async function listAll(storage: Storage, prefix: string): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.list(prefix)) keys.push(key)
  return keys.sort()
}

describe.each([
  ['disk', () => createDiskStorage(folder)],
  ['S3', () => openS3()],
])('%s', (_name, open) => {
  test('what is put is there, whole and in part', async () => {
    const storage = open()
    const body = randomBytes(300_000)
    await storage.put('a/bytes', body, facts(body))
    await storage.put('a/stream', Readable.from([body.subarray(0, 1000), body.subarray(1000)]), facts(body))
    const sha256 = createHash('sha256').update(body).digest()
    await storage.put('a/hashed', Readable.from([body]), { ...facts(body), sha256 })
    for (const key of ['a/bytes', 'a/stream', 'a/hashed']) {
      expect((await read(storage, key))?.equals(body)).toBe(true)
      expect((await read(storage, key, { start: 5, end: 9 }))?.equals(body.subarray(5, 10))).toBe(true)
      const found = await storage.head(key)
      expect(found?.bytes).toBe(body.length)
      expect(Math.abs((found?.storedAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
    }
  })

  test('what is not there is not there, and removing it is fine', async () => {
    const storage = open()
    expect(await storage.get('b/nothing')).toBeUndefined()
    expect(await storage.get('b/nothing', { start: 0, end: 1 })).toBeUndefined()
    expect(await storage.head('b/nothing')).toBeUndefined()
    await storage.remove('b/nothing')
    await storage.put('b/one', Buffer.from('1'), facts(Buffer.from('1')))
    await storage.remove('b/one')
    expect(await storage.get('b/one')).toBeUndefined()
  })

  test('what is put again is replaced; an empty file is a file', async () => {
    const storage = open()
    await storage.put('c/one', Buffer.from('first'), facts(Buffer.from('first')))
    await storage.put('c/one', Buffer.alloc(0), facts(Buffer.alloc(0)))
    expect(await read(storage, 'c/one')).toEqual(Buffer.alloc(0))
  })

  test('lists have all keys of a prefix, over many pages', async () => {
    const storage = open()
    const keys = Array.from({ length: 11 }, (_, index) => `d/${index}/x-${index}`)
    for (const key of [...keys, 'e/other']) await storage.put(key, Buffer.from('1'), facts(Buffer.from('1')))
    expect(await listAll(storage, 'd/')).toEqual(keys.sort())
    expect(await listAll(storage, 'd/1/')).toEqual(['d/1/x-1'])
    expect(await listAll(storage, 'nothing/')).toEqual([])
  })

  test('a stream that breaks leaves nothing behind', async () => {
    const storage = open()
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half')
        throw new Error('the source broke')
      })(),
    )
    await expect(storage.put('f/half', broken, { bytes: 8, mediaType: 'image/png' })).rejects.toThrow()
    expect(await storage.head('f/half')).toBeUndefined()
  })

  test('keys that could leave their place are refused', async () => {
    const storage = open()
    for (const key of ['../x', '/x', 'a//b', 'A', 'a/../b', 'a%2fb', '']) {
      await expect(storage.put(key, Buffer.alloc(0), facts(Buffer.alloc(0)))).rejects.toThrow('Not a key')
      await expect(storage.get(key)).rejects.toThrow('Not a key')
      await expect(storage.remove(key)).rejects.toThrow('Not a key')
    }
  })
})

test('on disk, nothing partial stays', async () => {
  expect(await readdir(join(folder, '.partial'))).toEqual([])
})

test('S3 with a wrong secret, and without its bucket, tells so and names no secret', async () => {
  await expect(openS3({ secretAccessKey: 'another' }).get('a/bytes')).rejects.toThrow('403 SignatureDoesNotMatch')
  await expect(openS3({ bucket: 'missing' }).get('a/bytes')).rejects.toThrow('does not exist')
})

test('S3 checks the hash of a stream that it is given', async () => {
  const sha256 = createHash('sha256').update('something else').digest()
  const put = openS3().put('g/wrong', Readable.from([Buffer.from('body')]), {
    bytes: 4,
    mediaType: 'image/png',
    sha256,
  })
  await expect(put).rejects.toThrow('XAmzContentSHA256Mismatch')
})

test('S3 that fails for a moment is asked again', async () => {
  s3.failNext(2, 503)
  await openS3().put('h/one', Buffer.from('1'), facts(Buffer.from('1')))
  s3.failNext(2, 500)
  expect(await read(openS3(), 'h/one')).toEqual(Buffer.from('1'))
  s3.failNext(9, 500)
  await expect(openS3().head('h/one')).rejects.toThrow()
  s3.failNext(0, 0)
})
