import type { Variant } from '@hero-image/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEstimate } from './estimate.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const toVariant = (key: string): Variant => ({
  name: `${key}.avif`,
  key,
  source: 'photo',
  format: 'avif',
  width: 40,
  height: 20,
  rect: { left: 0, top: 0, width: 80, height: 40 },
  encoder: { quality: 50, effort: 3 },
  colour: 'srgb',
  frames: 1,
  alpha: false,
  depth: 8,
  gainMap: false,
  metadata: 'none',
  allowTruncated: false,
})

/** Runs a few steps and tells what was announced: missing keys, all files, jobs. */
async function announced(steps: (estimate: ReturnType<typeof createEstimate>) => Promise<void>): Promise<unknown[]> {
  const said: unknown[] = []
  const estimate = createEstimate({
    engine: { jobs: 2, has: async ({ key }) => key.startsWith('stored') },
    report: { announce: (missing, total, jobs) => void said.push([missing.map(({ key }) => key), total, jobs]) },
  })
  await steps(estimate)
  await vi.runAllTimersAsync()
  return said
}

test('several pictures are announced together', async () => {
  const said = await announced(async ({ expect }) => {
    await Promise.all([expect(toVariant('a')), expect(toVariant('stored'))])
    await vi.advanceTimersByTimeAsync(150)
    await expect(toVariant('b'))
  })
  expect(said).toEqual([[['a', 'b'], 3, 2]])
})

test('what is made by then is not counted', async () => {
  const said = await announced(async ({ expect, done }) => {
    await expect(toVariant('a'))
    await expect(toVariant('b'))
    done(toVariant('a'))
  })
  expect(said).toEqual([[['b'], 2, 2]])
})

test('a run that is over, and one that finds everything, say nothing', async () => {
  const said = await announced(async ({ expect, end }) => {
    await expect(toVariant('stored'))
    await expect(toVariant('a'))
    end()
  })
  expect(said).toEqual([])
})
