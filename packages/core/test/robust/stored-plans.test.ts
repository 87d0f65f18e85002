/** A plan is stored and taken from there while all it was made from stays. */
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sidecarPath } from '../../src/source/sidecar.ts'
import { heroErrorOf } from '../fixtures/hero-error.ts'
import { orientedJpeg } from '../fixtures/photos.ts'
import { openEngine, place } from './fixtures/inputs.ts'

const photo = await orientedJpeg(1)
const countPlans = (root: string): number =>
  readdirSync(join(root, 'cache/v1/plan'), { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
    .length

test('the same import gives the same plan, without the analysis', async () => {
  const { root, file } = place(photo)
  const first = await openEngine(root).plan(file, '?hero')
  rmSync(join(root, 'cache/v1/analysis'), { recursive: true })
  expect(await openEngine(root).plan(file, '?hero')).toEqual(first)
  expect(countPlans(root)).toBe(1)
})

test('another query, sidecar, name or option makes another one', async () => {
  const { root, file } = place(photo)
  const first = await openEngine(root).plan(file, '?hero')
  expect((await openEngine(root).plan(file, '?hero&focus=0,0')).crops).not.toEqual(first.crops)
  writeFileSync(sidecarPath(file), '{"alt":"A wren"}')
  expect((await openEngine(root).plan(file, '?hero')).alt).toBe('A wren')
  rmSync(sidecarPath(file))
  expect((await openEngine(root, { maxDensity: 1 }).plan(file, '?hero')).preset).toBe('hero')
  const moved = join(root, 'other.jpg')
  renameSync(file, moved)
  const other = await openEngine(root).plan(moved, '?hero')
  expect(other.file).toBe(moved)
  expect(other.variants[0]?.name).toMatch(/^other-/)
  expect(countPlans(root)).toBe(5)
})

test('a photo in another folder has its own path, and shares the plan', async () => {
  const { root, file } = place(photo)
  await openEngine(root).plan(file, '?hero')
  const { file: copy } = place(photo)
  const plan = await openEngine(root).plan(copy, '?hero')
  expect(plan.file).toBe(copy)
  expect(countPlans(root)).toBe(1)
})

test('a lower limit holds for stored plans too', async () => {
  const { root, file } = place(photo)
  await openEngine(root).plan(file, '?hero')
  const error = await heroErrorOf(openEngine(root, { limits: { pixels: 4 } }).plan(file, '?hero'))
  expect(error).toMatchObject({ code: 'HERO_SOURCE_TOO_LARGE', file })
})
