import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { closeSession, holdSession, type LoaderSettings, openSession } from './sessions.ts'

const log = { info: () => undefined, warn: () => undefined }
const settingsOf = (options: LoaderSettings['options'] = {}): LoaderSettings => ({
  root: mkdtempSync(join(tmpdir(), 'hero-sessions-')),
  options,
  assetsDir: 'assets',
  dev: false,
  version: '1',
})

test('equal settings share a session, from wherever they come', async () => {
  const settings = settingsOf()
  const first = await openSession(settings)
  expect(await openSession(structuredClone(settings))).toBe(first)
  expect(await openSession({ ...settings, dev: true })).not.toBe(first)
})

test('a session ends when the last of its holders lets go', async () => {
  const settings = settingsOf()
  const first = await holdSession(settings, log)
  await holdSession(settings, log)
  await closeSession(settings)
  expect(await openSession(settings)).toBe(first)
  await closeSession(settings)
  expect(await openSession(settings)).not.toBe(first)
})

test('wrong options are told by everyone who opens it', async () => {
  const settings = settingsOf({ concurrency: -1 })
  for (let time = 0; time < 2; time++)
    await expect(openSession(settings)).rejects.toMatchObject({ code: 'HERO_INVALID_OPTION' })
})
