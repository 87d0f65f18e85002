/** The process in which pixels are worked on: what becomes of the work when it dies, and of it when its owner dies. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createEngine, type Engine, type EngineUse } from '../../src/engine/engine.ts'
import { resolveOptions } from '../../src/options/resolve.ts'
import { withSlot } from '../../src/store/slots.ts'
import { renderVariants } from '../../src/variant/render.ts'
import { children } from '../fixtures/children.ts'
import { heroErrorOf } from '../fixtures/hero-error.ts'
import { drawScene } from '../fixtures/photos.ts'
import { script } from '../robust/fixtures/script.ts'
import { createFolder } from '../store/folder.ts'
import { startScript } from '../store/script.ts'

async function openEngine(use: EngineUse = {}): Promise<{ engine: Engine; file: string }> {
  const root = createFolder()
  const file = join(root, 'photo.png')
  writeFileSync(file, await drawScene().resize(3000, 2000).png({ compressionLevel: 1 }).toBuffer())
  const widths = [1600, 1700, 1800, 1900]
  const presets = { hero: { crops: { square: { ratio: 1 } }, widths, formats: ['avif'] } } as const
  return { engine: createEngine(resolveOptions({ presets, cache: { dir: 'cache' } }, root), use), file }
}

/** The only child of this process. */
async function onlyChild(): Promise<ChildProcess> {
  for (;;) {
    const [child] = children
    if (child !== undefined) return child
    await new Promise((done) => setTimeout(done, 5))
  }
}

test.each([
  ['SIGSEGV', 'Please report this'],
  ['SIGKILL', 'ran out of memory'],
] as const)(
  'when it dies of %s, what it worked on fails with a clear error and the next work gets a new one',
  async (signal, hint) => {
    const { engine, file } = await openEngine()
    const { variants } = await engine.plan(file, '?hero')
    const [first, second] = variants
    if (first === undefined || second === undefined) throw new Error('two variants expected')
    const drawn = heroErrorOf(engine.render(file, first))
    setTimeout(async () => (await onlyChild()).kill(signal), 100)
    expect(await drawn).toMatchObject({
      code: 'HERO_RENDER_FAILED',
      file,
      reason: expect.stringContaining(signal),
      hint: expect.stringContaining(hint),
    })
    expect((await engine.render(file, second)).length).toBeGreaterThan(100)
    await engine.close()
    expect(children.size).toBe(0)
  },
)

test('closing ends it at once, whatever it works on; it is started again when it is needed', async () => {
  const { engine, file } = await openEngine()
  const { variants } = await engine.plan(file, '?hero')
  const [first] = variants
  if (first === undefined) throw new Error('a variant expected')
  const given = heroErrorOf(engine.render(file, first))
  await new Promise((done) => setTimeout(done, 150))
  await engine.close()
  expect(children.size).toBe(0)
  expect((await given).reason).toContain('closed')
  expect((await engine.render(file, first)).length).toBeGreaterThan(100)
  await engine.close()
})

test('it rests as soon as it has nothing to do; it is started again when it is needed', async () => {
  const { engine, file } = await openEngine()
  await engine.rest()
  const [first, second] = (await engine.plan(file, '?hero')).variants
  if (first === undefined || second === undefined) throw new Error('two variants expected')
  const drawn = engine.render(file, first)
  const child = await onlyChild()
  await engine.rest()
  expect((await drawn).length).toBeGreaterThan(100)
  if (child.signalCode === null) await once(child, 'exit')
  expect((await engine.render(file, second)).length).toBeGreaterThan(100)
  const again = await onlyChild()
  expect(again.pid).not.toBe(child.pid)
  await engine.rest()
  if (again.signalCode === null) await once(again, 'exit')
  expect(children.size).toBe(0)
})

test('resting after the last variant waits for the end of the process', async () => {
  const { engine, file } = await openEngine()
  const { variants } = await engine.plan(file, '?hero')
  for (const variant of variants.slice(0, 3)) {
    await engine.make(file, variant)
    await engine.rest()
    expect(children.size).toBe(0)
  }
})

test('with an environment of its own it sees nothing of the host, and draws all the same', async () => {
  process.env.HERO_TEST_SECRET = 'of the host'
  onTestFinished(() => {
    delete process.env.HERO_TEST_SECRET
  })
  const { engine, file } = await openEngine({ environment: {} })
  const [variant] = (await engine.plan(file, '?hero')).variants
  if (variant === undefined) throw new Error('a variant expected')
  const environment = readFileSync(`/proc/${(await onlyChild()).pid}/environ`, 'utf8')
  expect(environment).toContain('MALLOC_ARENA_MAX=2')
  expect(environment).not.toContain('of the host')
  expect((await engine.render(file, variant)).length).toBeGreaterThan(100)
  await engine.close()
})

test('its host is told of each process, and may end it', async () => {
  const pids: number[] = []
  let ended = 0
  const { engine, file } = await openEngine({
    onProcess: ({ pid, kill, ended: isOver }) => {
      pids.push(pid)
      void isOver.then(() => {
        ended += 1
      })
      if (pids.length === 1) kill()
    },
  })
  expect(await heroErrorOf(engine.plan(file, '?hero'))).toMatchObject({ code: 'HERO_ANALYSIS_FAILED' })
  const [variant] = (await engine.plan(file, '?hero')).variants
  if (variant === undefined) throw new Error('a variant expected')
  expect(pids.at(-1)).toBe((await onlyChild()).pid)
  await engine.close()
  expect([new Set(pids).size, ended]).toEqual([2, 2])
})

test('it draws the same bytes as any other process: threads of an encoder do not depend on its environment', async () => {
  const { engine, file } = await openEngine()
  const [variant] = (await engine.plan(file, '?hero')).variants
  if (variant === undefined) throw new Error('a variant expected')
  const drawn = await engine.render(file, variant)
  await engine.close()
  let here: Uint8Array | undefined
  await renderVariants(readFileSync(file), [variant], {
    file,
    pixels: engine.options.limits.pixels,
    run: (job) => job(),
    deliver: async (_, bytes) => {
      here = bytes
    },
  })
  expect(here).toEqual(Buffer.from(drawn))
})

test('one of many engines draws only while it has one of the slots that all share', async () => {
  const root = createFolder()
  const file = join(root, 'photo.jpg')
  writeFileSync(file, await drawScene().resize(64, 48).jpeg().toBuffer())
  const presets = { hero: { crops: { square: { ratio: 1 } }, widths: [32], formats: ['jpeg'] } } as const
  const options = resolveOptions({ presets, cache: { dir: 'cache' }, concurrency: 1 }, root)
  const engine = createEngine(options, { isOneOfMany: true })
  const [variant] = (await engine.plan(file, '?hero')).variants
  if (variant === undefined) throw new Error('a variant expected')
  let isDrawn = false
  const drawn = await withSlot(join(root, 'cache'), 1, async () => {
    const drawing = engine.render(file, variant).then(() => {
      isDrawn = true
    })
    await new Promise((done) => setTimeout(done, 300))
    expect(isDrawn).toBe(false)
    return { drawing }
  })
  await drawn.drawing
  expect(isDrawn).toBe(true)
  await engine.close()
})

test('it does not outlive a process that was killed', async () => {
  const { engine, file } = await openEngine()
  await engine.close()
  const { child, until, ended } = startScript(process.execPath, [script('draw-forever.ts'), file])
  await until('pixels ')
  await new Promise((done) => setTimeout(done, 50))
  child.kill('SIGKILL')
  const { output } = await ended
  const pid = Number(/pixels (\d+)/.exec(output)?.[1])
  const isAlive = (): boolean => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }
  for (let wait = 0; isAlive() && wait < 100; wait++) await new Promise((done) => setTimeout(done, 20))
  expect(isAlive()).toBe(false)
})

test('a process that has nothing more to do ends by itself, without closing the engine', async () => {
  const root = createFolder()
  const file = join(root, 'photo.png')
  writeFileSync(file, await drawScene().png().toBuffer())
  const { child, ended } = startScript(process.execPath, [script('render-and-leave.ts'), file])
  const timeout = AbortSignal.timeout(8000)
  await Promise.race([ended, once(timeout, 'abort')])
  expect(child.exitCode).toBe(0)
  expect(existsSync(file)).toBe(true)
})
