import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createEngine, resolveOptions } from '@hero-image/core'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { ended, makeProject, run, startCommand } from './fixtures/command.ts'
import { makePhoto } from './fixtures/photo.ts'

const photo = await makePhoto()
const quick = ['--formats', 'webp,jpeg']

/** Every URL in `srcset`, `imagesrcset`, `src` and `url()`. */
function urlsIn(markup: string): string[] {
  const sets = [...markup.matchAll(/srcset="([^"]+)"/gi)].flatMap(([, set = '']) => set.split(', '))
  const single = [...markup.matchAll(/(?:\bsrc=|url\()"([^"]+)"/g)].map(([, url = '']) => url)
  return [...sets.map((candidate) => candidate.split(' ')[0] ?? ''), ...single]
}

describe('files', () => {
  test('have the names of a plan and the sizes their names say', async () => {
    const root = makeProject({ 'a.jpg': photo })
    const { code, out, err } = await run(root, ['crop', 'a.jpg', ...quick])
    expect({ code, out }).toEqual({ code: 0, out: '' })
    const engine = createEngine(resolveOptions({}, root))
    const plan = await engine.plan(join(root, 'a.jpg'), '?formats=webp,jpeg&hero')
    await engine.close()
    expect(readdirSync(join(root, 'hero-out')).sort()).toEqual(plan.variants.map(({ name }) => name).sort())
    for (const { name, width, height, format } of plan.variants) {
      expect(await sharp(join(root, 'hero-out', name)).metadata()).toMatchObject({ width, height, format })
      expect(err).toContain(name)
    }
    expect(err).toMatch(/1 photo → 6 files \(6 made, 0 cached\)/)
  })

  test('come from the cache the second time, and stay as they are', async () => {
    const root = makeProject({ 'a.jpg': photo })
    await run(root, ['crop', 'a.jpg', ...quick])
    const { code, err } = await run(root, ['crop', 'a.jpg', ...quick])
    expect(code).toBe(0)
    expect(err).toMatch(/\(0 made, 6 cached\)/)
  })

  test('use the options of hero.config.ts, in a package without "type" as well', async () => {
    const root = makeProject({
      'package.json': '{}',
      'a.jpg': photo,
      'hero.config.ts':
        "export default { formats: ['webp'] as const, presets: { card: { crops: { card: { ratio: '1:1' } } } } }",
    })
    const { code, out, err } = await run(root, ['crop', 'a.jpg', '--preset', 'card', '--json'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const result = JSON.parse(out)
    expect(result.config).toBe(join(root, 'hero.config.ts'))
    expect(result.pictures[0].files).toMatchObject([{ width: 120, height: 120, format: 'webp', crops: ['card'] }])
  })

  test('with other contents under an equal name are not replaced', async () => {
    const root = makeProject({ 'a.jpg': photo })
    await run(root, ['crop', 'a.jpg', ...quick])
    const [name = ''] = readdirSync(join(root, 'hero-out'))
    writeFileSync(join(root, 'hero-out', name), 'mine')
    const { code, err } = await run(root, ['crop', 'a.jpg', ...quick])
    expect(code).toBe(1)
    expect(err).toContain('HERO_OUTPUT_DIFFERS')
    expect(readFileSync(join(root, 'hero-out', name), 'utf8')).toBe('mine')
  })

  test('a folder that cannot be written to is an error that names it', async () => {
    const root = makeProject({ 'a.jpg': photo, taken: 'a file' })
    const { code, err } = await run(root, ['crop', 'a.jpg', ...quick, '--out', 'taken'])
    expect(code).toBe(1)
    expect(err).toContain('HERO_OUTPUT_UNWRITABLE taken')
  })
})

describe('markup', () => {
  test.each([
    { flag: '--html', pattern: /<picture>.*<img [^>]*alt="a &quot;lake&quot;"/ },
    { flag: '--preload', pattern: /^<link rel="preload" as="image"/ },
    { flag: '--css', pattern: /^\.hero-a \{\n {2}background-image: url/ },
    { flag: '--jsx', pattern: /<source .*srcSet="/ },
  ])('$flag names only files that are there', async ({ flag, pattern }) => {
    const root = makeProject({ 'a.jpg': photo })
    const { code, out, err } = await run(root, [
      'crop',
      'a.jpg',
      ...quick,
      flag,
      '--alt',
      'a "lake"',
      '--out',
      'my out',
    ])
    expect(code).toBe(0)
    expect(out).toMatch(pattern)
    expect(err).not.toContain('cached  a-')
    const urls = urlsIn(out)
    expect(urls.length).toBeGreaterThan(0)
    for (const url of urls) expect(existsSync(join(root, decodeURIComponent(url)))).toBe(true)
  })

  test('URLs begin with --base', async () => {
    const root = makeProject({ 'a.jpg': photo })
    const { out } = await run(root, ['crop', 'a.jpg', ...quick, '--html', '--alt', '', '--base', 'https://cdn.test/x'])
    for (const url of urlsIn(out)) expect(url).toMatch(/^https:\/\/cdn\.test\/x\/a-\d+x\d+\.[0-9a-f]{12}\.(webp|jpg)$/)
  })

  test('a picture without alternative text is refused before anything is made', async () => {
    const root = makeProject({ 'a.jpg': photo })
    const { code, err } = await run(root, ['crop', 'a.jpg', ...quick, '--html'])
    expect(code).toBe(1)
    expect(err).toContain('--alt')
    expect(existsSync(join(root, 'hero-out'))).toBe(false)
  })

  test('the alternative text of a sidecar counts', async () => {
    const root = makeProject({ 'a.jpg': photo, 'a.jpg.hero.json': '{ "alt": "Dawn" }' })
    const { out } = await run(root, ['crop', 'a.jpg', ...quick, '--html'])
    expect(out).toContain('alt="Dawn"')
  })

  test('--json prints asset, plan and files, and nothing else anywhere', async () => {
    const root = makeProject({ 'a.jpg': photo })
    const { code, out, err } = await run(root, ['crop', 'a.jpg', ...quick, '--json'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const { pictures, totals } = JSON.parse(out)
    expect(totals).toMatchObject({ photos: 1, files: 6, made: 6, cached: 0 })
    const [{ file, asset, plan, files }] = pictures
    expect(file).toBe(join(root, 'a.jpg'))
    expect(asset.src).toBe(`hero-out/${plan.variants[plan.fallback].name}`)
    expect(files[0]).toMatchObject({
      crops: ['wide'],
      status: 'made',
      ms: expect.any(Number),
      bytes: expect.any(Number),
    })
  })
})

describe('errors', () => {
  test('one photo that fails does not lose the others', async () => {
    const root = makeProject({
      'good.jpg': photo,
      'empty.jpg': '',
      'text.jpg': 'no photo at all',
      'cut.jpg': photo.subarray(0, 700),
    })
    const names = ['good.jpg', 'empty.jpg', 'text.jpg', 'cut.jpg', 'gone.jpg', '*.nothing']
    const { code, out, err } = await run(root, ['crop', ...names, ...quick, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(out).pictures).toHaveLength(1)
    const { errors } = JSON.parse(err)
    expect(errors.map(({ file }: { file: string }) => file).sort()).toEqual(names.slice(1).sort())
    expect(errors.map(({ code: each }: { code: string }) => each)).toContain('HERO_SOURCE_EMPTY')
  })

  test('are told without a stack', async () => {
    const { code, out, err } = await run(makeProject(), ['crop', 'gone.jpg'])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/HERO_SOURCE_MISSING gone\.jpg\n {2}There is no such file\./)
    expect(err).not.toMatch(/\n\s+at /)
  })

  test.each([
    { args: ['--focus', '2,2'], says: "--focus cannot be '2,2'", ends: 2 },
    { args: ['--preset', 'hreo'], says: "Did you mean 'hero'?", ends: 2 },
    { args: ['--crops', 'wyde'], says: "Did you mean 'wide'?", ends: 2 },
    { args: ['--config', 'gone.ts'], says: 'HERO_INVALID_CONFIG', ends: 1 },
  ])('$args is told once, whatever the number of photos', async ({ args, says, ends }) => {
    const { code, err } = await run(makeProject({ 'a.jpg': photo, 'b.jpg': photo }), [
      'crop',
      'a.jpg',
      'b.jpg',
      ...args,
    ])
    expect(code).toBe(ends)
    expect(err.split(says)).toHaveLength(2)
  })

  test('--silent leaves only errors', async () => {
    const root = makeProject({ 'a.jpg': photo })
    expect(await run(root, ['crop', 'a.jpg', ...quick, '--silent'])).toEqual({ code: 0, out: '', err: '' })
  })
})

describe('names', () => {
  test.each(['a b.jpg', 'a#b.jpg', 'a?b.jpg', '100%.jpg', '[ab]{c}*.jpg', 'été.jpg', 'LOUD.JPG', '(1).Jpeg'])(
    '%s',
    async (name) => {
      const { code, err } = await run(makeProject({ [name]: photo }), ['crop', name, ...quick])
      expect(err).toMatch(/1 photo → 6 files/)
      expect(code).toBe(0)
    },
  )

  test('a leading dash works after --', async () => {
    const { code } = await run(makeProject({ '-a.jpg': photo }), ['crop', ...quick, '--', '-a.jpg'])
    expect(code).toBe(0)
  })

  test('accents in the other Unicode form are found', async () => {
    const { code } = await run(makeProject({ ['é.jpg'.normalize('NFD')]: photo }), [
      'crop',
      'é.jpg'.normalize('NFC'),
      ...quick,
    ])
    expect(code).toBe(0)
  })

  test('a pattern means photos: no sidecars, nothing from node_modules or an earlier run', async () => {
    const root = makeProject({
      'p/a.jpg': photo,
      'p/b.JPG': await makePhoto('#884466'),
      'p/a.jpg.hero.json': '{}',
      'node_modules/x/c.jpg': photo,
    })
    const first = await run(root, ['crop', '**/*', ...quick, '--json'])
    const second = await run(root, ['crop', '**/*', ...quick, '--json'])
    for (const { code, out } of [first, second]) {
      expect(code).toBe(0)
      const files = JSON.parse(out).pictures.map(({ file }: { file: string }) => file)
      expect(files).toEqual([join(root, 'p/a.jpg'), join(root, 'p/b.JPG')])
    }
  })
})

test('outside a project no node_modules appears', async () => {
  const root = makeProject({ 'photos/a.jpg': photo, 'photos/package.json': '' })
  for (const name of ['package.json', 'photos/package.json']) rmSync(join(root, name))
  const env = { XDG_CACHE_HOME: join(root, 'home') }
  const { code } = await run(join(root, 'photos'), ['crop', 'a.jpg', ...quick], env)
  expect(code).toBe(0)
  expect(readdirSync(join(root, 'photos')).sort()).toEqual(['a.jpg', 'hero-out'])
  expect(existsSync(join(root, 'home', 'hero-image', 'v1'))).toBe(true)
})

test('without a terminal there is a line for every 25 files', async () => {
  const photos = await Promise.all(
    Array.from({ length: 5 }, async (_, index) => [`${index}.jpg`, await makePhoto(`#4466${index}0`)] as const),
  )
  const { err } = await run(makeProject(Object.fromEntries(photos)), ['crop', '*.jpg', ...quick])
  expect(err).toMatch(/^25 of 30 files\n/)
  expect(err).not.toContain('\r')
})

test('an interruption leaves only whole files', async () => {
  const photos = await Promise.all(
    Array.from({ length: 60 }, async (_, index) => [`${index}.jpg`, await makePhoto(`#44${10 + index}88`)] as const),
  )
  const root = makeProject(Object.fromEntries(photos))
  const child = startCommand(root, ['crop', '*.jpg', '--formats', 'webp,png', '--widths', '40,80,120,160', '--silent'])
  const end = ended(child)
  const out = join(root, 'hero-out')
  const whole = (): string[] => (existsSync(out) ? readdirSync(out).filter((name) => !name.startsWith('.')) : [])
  while (whole().length === 0 && child.exitCode === null) await sleep(5)
  child.kill('SIGINT')
  expect((await end).code).toBe(130)
  const names = readdirSync(out)
  expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([])
  for (const name of names) await expect(sharp(join(out, name)).stats()).resolves.toBeDefined()
})
