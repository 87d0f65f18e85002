/** The cache folder in every mode, without permission and on a full disk. */
import { chmodSync, existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { heroErrorOf } from '../fixtures/hero-error.ts'
import { orientedJpeg } from '../fixtures/photos.ts'
import { createFolder } from '../store/folder.ts'
import { asNobody, startScript } from '../store/script.ts'
import { expectRendered, openEngine, place } from './fixtures/inputs.ts'
import { script } from './fixtures/script.ts'

describe('the cache folder', () => {
  test('read-only: hits are served, a miss names the variant and what to do', async () => {
    const { root, file } = place(await orientedJpeg(1))
    const dir = join(root, 'cache')
    await expectRendered(openEngine(root), file, '?hero&formats=webp')
    const engine = openEngine(root, { cache: { dir, mode: 'read-only' } })
    await expectRendered(engine, file, '?hero&formats=webp')
    const [variant] = (await engine.plan(file, '?hero&formats=jpeg')).variants
    if (variant === undefined) throw new Error('no variant')
    const error = await heroErrorOf(engine.render(file, variant))
    expect(error).toMatchObject({ code: 'HERO_CACHE_MISS', file, hint: expect.stringContaining('read-write') })
    expect(error.reason).toContain(variant.name)
    expect(error.reason).toContain(dir)
  })

  test('read-only without a folder makes none', async () => {
    const { root, file } = place(await orientedJpeg(1))
    const engine = openEngine(root, { cache: { dir: 'none', mode: 'read-only' } })
    const [variant] = (await engine.plan(file, '?hero')).variants
    if (variant === undefined) throw new Error('no variant')
    expect((await heroErrorOf(engine.render(file, variant))).code).toBe('HERO_CACHE_MISS')
    expect((await heroErrorOf(engine.make(file, variant))).code).toBe('HERO_CACHE_MISS')
    await engine.close()
    expect(existsSync(join(root, 'none'))).toBe(false)
  })

  test('off: everything is made and nothing is written', async () => {
    const { root, file } = place(await orientedJpeg(1))
    await expectRendered(openEngine(root, { cache: { mode: 'off' } }), file)
    expect(readdirSync(root)).toEqual(['photo.jpg'])
  })

  test('what is only to be made lies in the folder afterwards, made once, and whoever asks for its bytes meanwhile gets them', async () => {
    const { root, file } = place(await orientedJpeg(1))
    const made: string[] = []
    const engine = openEngine(root, {}, { onMade: ({ key }) => void made.push(key) })
    const { variants } = await engine.plan(file, '?hero&formats=webp')
    const [first] = variants
    if (first === undefined) throw new Error('no variant')
    const making = variants.map((variant) => engine.make(file, variant))
    const bytes = await engine.render(file, first)
    await Promise.all(making)
    await Promise.all(variants.map((variant) => engine.make(file, variant)))
    expect(await engine.find(first)).toEqual(new Uint8Array(bytes))
    for (const variant of variants) expect(await engine.has(variant)).toBe(true)
    expect(made.toSorted()).toEqual(variants.map(({ key }) => key).sort())
  })

  test('a torn entry is made anew', async () => {
    const { root, file } = place(await orientedJpeg(1))
    const plan = await expectRendered(openEngine(root), file)
    for (const { key } of plan.variants) truncateSync(join(root, 'cache/v1/variant', key.slice(0, 2), key), 60)
    await expectRendered(openEngine(root), file)
  })

  test('a file in its place', async () => {
    const { root, file } = place(await orientedJpeg(1))
    writeFileSync(join(root, 'cache'), 'not a folder')
    const error = await heroErrorOf(openEngine(root).plan(file, '?hero'))
    expect(error).toMatchObject({ code: 'HERO_CACHE_UNWRITABLE', file: join(root, 'cache') })
    expect(error.hint).toContain('cache.dir')
  })
})

describe.skipIf(process.platform === 'win32')('permissions and space', () => {
  const run = async (args: readonly string[], options = {}): Promise<string> =>
    (await startScript(process.execPath, [script('render-photo.ts'), ...args], options).ended).output

  test('an unreadable photo, and one in an unreadable folder', async () => {
    const { root, file } = place(await orientedJpeg(1), 'folder/photo.jpg')
    const cache = createFolder()
    chmodSync(root, 0o755)
    chmodSync(cache, 0o777)
    chmodSync(file, 0o000)
    const unreadable = await run([file, cache, root], asNobody)
    chmodSync(file, 0o644)
    chmodSync(dirname(file), 0o000)
    const hidden = await run([file, cache, root], asNobody)
    chmodSync(dirname(file), 0o755)
    for (const output of [unreadable, hidden]) {
      expect(output).toContain('HERO_SOURCE_UNREADABLE')
      expect(output).toContain(file)
      expect(output).toMatch(/permissions/)
    }
  })

  test('a cache folder that may not be written', async () => {
    const { root, file } = place(await orientedJpeg(1))
    const cache = createFolder()
    chmodSync(root, 0o755)
    chmodSync(file, 0o644)
    chmodSync(cache, 0o555)
    const output = await run([file, cache, root], asNobody)
    expect(output).toContain('HERO_CACHE_UNWRITABLE')
    expect(output).toContain(cache)
  })

  // A limit on the size of files fails in the middle of a write, as a full disk does.
  test('a full disk leaves nothing half-written', async () => {
    const noise = Uint8Array.from({ length: 300 * 300 * 3 }, (_, index) => (index * index * 7919) % 251)
    const { root, file } = place(
      await sharp(noise, { raw: { width: 300, height: 300, channels: 3 } })
        .png()
        .toBuffer(),
      'noise.png',
    )
    const cache = createFolder()
    const args = ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, script('render-photo.ts'), file, cache, root]
    const { output } = await startScript('/bin/sh', args).ended
    expect(output).toContain('HERO_CACHE_UNWRITABLE')
    expect(output).toContain(cache)
    expect(readdirSync(join(cache, 'v1/tmp'))).toEqual([])
    expect(
      existsSync(join(cache, 'v1/variant'))
        ? readdirSync(join(cache, 'v1/variant')).flatMap((shard) => readdirSync(join(cache, 'v1/variant', shard)))
        : [],
    ).toEqual([])
  })
})
