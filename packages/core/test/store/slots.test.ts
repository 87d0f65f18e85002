import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clearStore } from '../../src/store/clear.ts'
import { withSlot } from '../../src/store/slots.ts'
import { createFolder } from './folder.ts'
import { fixture, startScript } from './script.ts'

test('jobs of several processes stay within the slots, and use all of them', async () => {
  const dir = createFolder()
  const processes = [1, 2, 3].map(() => startScript(process.execPath, [fixture('share-slots.ts'), dir]))
  const most = await Promise.all(processes.map(async ({ ended }) => Number((await ended).output)))
  expect(Math.max(...most)).toBe(2)
}, 30_000)

test('a job that fails frees its slot', async () => {
  const dir = createFolder()
  await expect(withSlot(dir, 1, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await withSlot(dir, 1, async () => 'next')).toBe('next')
})

test('clearing the cache removes what is left of slots', async () => {
  const dir = createFolder()
  await withSlot(dir, 1, async () => expect(readdirSync(join(dir, 'v1/locks'))).toEqual(['slot-0.sqlite']))
  await clearStore(dir)
  expect(readdirSync(dir)).toEqual([])
})
