import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hashSource, hashSourceFile, readSource, toSourceError } from './read.ts'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hero-read-'))
  await Promise.all([
    writeFile(join(dir, 'photo'), 'abc'),
    writeFile(join(dir, 'empty'), ''),
    mkdir(join(dir, 'folder')),
  ])
})
afterAll(() => rm(dir, { recursive: true }))

it('reads and hashes a file', async () => {
  const bytes = await readSource(join(dir, 'photo'), { bytes: 3 })
  expect(bytes.toString()).toBe('abc')
  expect(hashSource(bytes)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

it('hashes a file piece by piece', async () => {
  const bytes = Buffer.alloc(1_000_000, 'photo')
  await writeFile(join(dir, 'long'), bytes)
  expect(await hashSourceFile(join(dir, 'long'), { bytes: 1_000_000 })).toBe(hashSource(bytes))
})

it.each([
  ['none', 'HERO_SOURCE_MISSING'],
  ['photo/inside', 'HERO_SOURCE_MISSING'],
  ['folder', 'HERO_SOURCE_UNREADABLE'],
  ['empty', 'HERO_SOURCE_EMPTY'],
])('refuses %s with %s', async (name, code) => {
  for (const read of [readSource, hashSourceFile])
    await expect(read(join(dir, name), { bytes: 3 })).rejects.toMatchObject({ code, file: join(dir, name) })
})

it('refuses files above the limit, naming both numbers', async () => {
  const reason = 'The file has 3 bytes; the limit is 2.'
  await expect(readSource(join(dir, 'photo'), { bytes: 2 })).rejects.toMatchObject({
    code: 'HERO_SOURCE_TOO_LARGE',
    reason,
  })
})

it('names what the system said', () => {
  const cause = Object.assign(new Error('denied'), { code: 'EACCES' })
  expect(toSourceError(cause, 'x')).toMatchObject({
    code: 'HERO_SOURCE_UNREADABLE',
    reason: expect.stringContaining('EACCES'),
    cause,
  })
})
