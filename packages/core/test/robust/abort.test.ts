/** Wishes that are given up: what nobody waits for is not begun, and whoever still waits, or comes back, gets it. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { createEngine, type Engine } from '../../src/engine/engine.ts'
import { resolveOptions } from '../../src/options/resolve.ts'
import type { Plan, Variant } from '../../src/types.ts'
import { drawScene } from '../fixtures/photos.ts'
import { createFolder } from '../store/folder.ts'

interface Bench {
  readonly engine: Engine
  readonly plan: Plan
  /** Keys in the order they were made. */
  readonly made: readonly string[]
  /** Settles as soon as the first variant is made. */
  readonly first: Promise<void>
  /** A variant of the plan. */
  at(index: number): Variant
  render(index: number, signal?: AbortSignal): Promise<Uint8Array>
}

const widths = Array.from({ length: 12 }, (_, index) => 20 + 10 * index)

async function createBench(mode: 'read-write' | 'off' = 'read-write'): Promise<Bench> {
  const root = createFolder()
  const file = join(root, 'photo.png')
  writeFileSync(file, await drawScene().png().toBuffer())
  const made: string[] = []
  const options = resolveOptions(
    {
      cache: { dir: 'cache', mode },
      concurrency: 1,
      effort: 'fast',
      presets: { hero: { crops: { square: { ratio: 1 } }, widths, formats: ['avif'] } },
    },
    root,
  )
  const first = Promise.withResolvers<void>()
  const onMade = ({ key }: Variant): void => {
    made.push(key)
    first.resolve()
  }
  const engine = createEngine(options, { onMade })
  const plan = await engine.plan(file, '?hero')
  const at = (index: number): Variant => {
    const variant = plan.variants[index]
    if (variant === undefined) throw new RangeError(`no variant ${index}`)
    return variant
  }
  return {
    engine,
    plan,
    made,
    first: first.promise,
    at,
    render: (index, signal) => engine.render(file, at(index), signal),
  }
}

const stop = new Error('given up')

/** Waits until nothing more is made. */
async function untilQuiet(made: readonly string[]): Promise<void> {
  for (let before = -1; before !== made.length; ) {
    before = made.length
    await new Promise((done) => setTimeout(done, 250))
  }
}

test.each(['read-write', 'off'] as const)('the rest of a batch is not begun when all have gone (%s)', async (mode) => {
  const { made, first, plan, render } = await createBench(mode)
  const controller = new AbortController()
  const wishes = plan.variants.map((_, index) => render(index, controller.signal))
  const results = Promise.allSettled(wishes)
  await first
  controller.abort(stop)
  const rejected = (await results).filter((result) => result.status === 'rejected')
  expect(rejected.length).toBeGreaterThan(plan.variants.length / 2)
  for (const { reason } of rejected) expect(reason).toBe(stop)
  await untilQuiet(made)
  expect(made.length).toBeLessThan(plan.variants.length / 2)
})

test('an aborted signal rejects at once and starts nothing', async () => {
  const { made, render } = await createBench()
  await expect(render(0, AbortSignal.abort(stop))).rejects.toBe(stop)
  await untilQuiet(made)
  expect(made).toEqual([])
})

test('within a running batch only what somebody waits for is encoded', async () => {
  const { made, first, plan, at, render } = await createBench()
  const controller = new AbortController()
  const given = plan.variants.map((_, index) => (index === 3 ? render(index) : render(index, controller.signal)))
  const results = Promise.allSettled(given)
  await first
  controller.abort(stop)
  const kept = (await results)[3]
  expect(kept?.status).toBe('fulfilled')
  await untilQuiet(made)
  expect(made).toContain(at(3).key)
  expect(made.length).toBeLessThan(plan.variants.length / 2)
})

test('others who want the same variant get it, and it is encoded once', async () => {
  const { made, at, render } = await createBench()
  const controller = new AbortController()
  const given = render(5, controller.signal)
  const kept = [render(5), render(5, new AbortController().signal)]
  controller.abort(stop)
  await expect(given).rejects.toBe(stop)
  const [one, two] = await Promise.all(kept)
  expect(one).toBe(two)
  expect((await sharp(one).metadata()).width).toBe(at(5).width)
  expect(made).toEqual([at(5).key])
})

test.each(['read-write', 'off'] as const)('a variant wanted again after it was given up is made (%s)', async (mode) => {
  const { made, plan, render } = await createBench(mode)
  for (let round = 0; round < 12; round += 1) {
    const controller = new AbortController()
    const given = Promise.allSettled(plan.variants.map((_, index) => render(index, controller.signal)))
    // At another moment each time: while looking up, waiting for the lock, decoding, encoding.
    await new Promise((done) => setTimeout(done, 2 * round))
    controller.abort(stop)
    const again = render(round)
    await given
    const { width } = await sharp(await again).metadata()
    expect(width).toBe(widths[round])
  }
  await Promise.all(plan.variants.map((_, index) => render(index)))
  if (mode === 'read-write') expect(made.toSorted()).toEqual(plan.variants.map(({ key }) => key).toSorted())
})

test('one that is wanted by many and fails tells all of them, and is tried again later', async () => {
  const { plan, at, engine, render } = await createBench()
  const bytes = await drawScene().flop().png().toBuffer()
  const original = await drawScene().png().toBuffer()
  writeFileSync(plan.file, bytes)
  const results = await Promise.allSettled([render(0), render(0), render(1)])
  for (const result of results)
    expect(result).toMatchObject({ reason: { code: 'HERO_SOURCE_CHANGED', file: plan.file } })
  writeFileSync(plan.file, original)
  expect((await render(0)).length).toBeGreaterThan(0)
  expect(await engine.has(at(0))).toBe(true)
  expect(readdirSync(join(engine.options.root, 'cache/v1/tmp'))).toEqual([])
})

test('a copy of the photo is used when the one that was asked first has vanished', async () => {
  const { plan, engine, at } = await createBench()
  const copy = join(engine.options.root, 'copy.png')
  writeFileSync(copy, await drawScene().png().toBuffer())
  const gone = join(engine.options.root, 'gone.png')
  const [lost, found] = await Promise.allSettled([engine.render(gone, at(2)), engine.render(copy, at(2))])
  expect(lost).toMatchObject({ reason: { code: 'HERO_SOURCE_MISSING', file: gone } })
  expect(found.status).toBe('fulfilled')
  expect(plan.file).not.toBe(copy)
})
