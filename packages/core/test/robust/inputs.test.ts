/** What people really have on disk: it works, or the error names the file and says what to do. */
import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { resolveOptions } from '../../src/options/resolve.ts'
import { drawScene, orientedJpeg, pngBomb, profiledJpeg, spoilSegment, taggedJpeg } from '../fixtures/photos.ts'
import { expectRendered, openEngine, place, planError } from './fixtures/inputs.ts'

const html = '<!doctype html><html><body>404</body></html>'
const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'
const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')

describe('refused with the reason', () => {
  test.each([
    ['an empty file', '', 'HERO_SOURCE_EMPTY', /restore/],
    ['text', 'hello, I am a photo\n', 'HERO_NOT_AN_IMAGE', /JPEG/],
    ['a web page', html, 'HERO_NOT_AN_IMAGE', /fetch the photo again/],
    ['a Git LFS pointer', pointer, 'HERO_NOT_AN_IMAGE', /git lfs pull/],
    ['a HEIC photo', heic, 'HERO_UNSUPPORTED_FORMAT', /Most Compatible/],
    ['random bytes', Buffer.from('\x01\x02\0\x03\x04\xfe'.repeat(50), 'latin1'), 'HERO_NOT_AN_IMAGE', /./],
  ])('%s named .jpg', async (_what, bytes, code, hint) => {
    const { root, file } = place(bytes)
    const error = await planError(root, file)
    expect(error.code).toBe(code)
    expect(error.hint).toMatch(hint)
  })

  test('a decompression bomb, at once', async () => {
    const { root, file } = place(await pngBomb(100_000, 100_000), 'bomb.png')
    const start = performance.now()
    const error = await planError(root, file)
    expect(error).toMatchObject({ code: 'HERO_SOURCE_TOO_LARGE', hint: expect.stringMatching(/limits\.pixels/) })
    expect(error.reason).toContain('100000')
    expect(performance.now() - start).toBeLessThan(5000)
  })

  test('a photo above a lowered limit, also when its analysis is stored already', async () => {
    const { root, file } = place(await orientedJpeg(1))
    const limits = { pixels: 240 * 160 - 1 }
    expect((await planError(root, file, { limits })).code).toBe('HERO_SOURCE_TOO_LARGE')
    await expectRendered(openEngine(root), file)
    expect((await planError(root, file, { limits })).code).toBe('HERO_SOURCE_TOO_LARGE')
    await expectRendered(openEngine(root, { limits: { pixels: 240 * 160 } }), file)
    expect((await planError(root, file, { limits: { bytes: 100 } })).code).toBe('HERO_SOURCE_TOO_LARGE')
  })

  test('a truncated photo, unless that is allowed', async () => {
    const whole = await orientedJpeg(1)
    const { root, file } = place(whole.subarray(0, whole.length / 2))
    expect(await planError(root, file)).toMatchObject({
      code: 'HERO_SOURCE_TRUNCATED',
      hint: expect.stringContaining('allowTruncated'),
    })
    const plan = await expectRendered(openEngine(root, { allowTruncated: true }), file)
    expect(plan.notes.join()).toMatch(/ends too early/)
    // The stored analysis of the one must not serve the other.
    expect((await planError(root, file)).code).toBe('HERO_SOURCE_TRUNCATED')
  })

  test('a missing photo, a folder, a photo in a file', async () => {
    const { root, file } = place(await orientedJpeg(1))
    expect((await planError(root, join(root, 'Photo.JPG'))).code).toBe('HERO_SOURCE_MISSING')
    expect((await planError(root, root)).code).toBe('HERO_SOURCE_UNREADABLE')
    expect((await planError(root, join(file, 'photo.jpg'))).code).toBe('HERO_SOURCE_MISSING')
  })
})

describe('damage beside the pixels does not matter', () => {
  test.each(['ICC_PROFILE', 'Exif'] as const)('spoilt %s', async (marker) => {
    const jpeg = marker === 'Exif' ? await taggedJpeg() : await profiledJpeg('p3')
    const { root, file } = place(spoilSegment(jpeg, marker))
    await expectRendered(openEngine(root, { metadata: 'copyright' }), file)
  })
})

test('a profile that claims thousands of millions of tags costs no time', async () => {
  const jpeg = await profiledJpeg('p3')
  const tagCount = jpeg.indexOf('ICC_PROFILE') + 14 + 128
  jpeg.writeUInt32BE(0xffff_ffff, tagCount)
  const { root, file } = place(jpeg)
  const start = performance.now()
  const plan = await expectRendered(openEngine(root, { limits: { seconds: 20 } }), file)
  expect(plan.notes.join()).toMatch(/profile is unreadable/)
  expect(performance.now() - start).toBeLessThan(10_000)
})

describe('photos that change under the build', () => {
  test('deleted between plan and render', async () => {
    const { root, file } = place(await orientedJpeg(1))
    const engine = openEngine(root)
    const { variants } = await engine.plan(file, '?hero')
    rmSync(file)
    const results = await Promise.allSettled(variants.map((variant) => engine.render(file, variant)))
    for (const result of results) expect(result).toMatchObject({ reason: { code: 'HERO_SOURCE_MISSING', file } })
  })

  test.each([
    ['another photo', () => orientedJpeg(6)],
    ['garbage', async () => Buffer.from('garbage')],
  ])('replaced by %s between plan and render', async (_what, make) => {
    const { root, file } = place(await orientedJpeg(1))
    const engine = openEngine(root)
    const { variants } = await engine.plan(file, '?hero')
    writeFileSync(file, await make())
    const results = await Promise.allSettled(variants.map((variant) => engine.render(file, variant)))
    for (const result of results) expect(result).toMatchObject({ reason: { code: 'HERO_SOURCE_CHANGED', file } })
    expect(readdirSync(join(root, 'cache/v1'))).not.toContain('variant')
  })

  test('an edit that keeps size and time is noticed by the next build', async () => {
    const [one, two] = await Promise.all([
      drawScene().png({ compressionLevel: 0 }).toBuffer(),
      drawScene().flop().png({ compressionLevel: 0 }).toBuffer(),
    ])
    expect(one.length).toBe(two.length)
    const { root, file } = place(one)
    const past = new Date(Date.now() - 3_600_000)
    utimesSync(file, past, past)
    // The index believes a file only some seconds after its last change.
    await new Promise((done) => setTimeout(done, 2100))
    const first = await expectRendered(openEngine(root), file)
    const { ino } = statSync(file)
    writeFileSync(file, two, { flag: 'r+' })
    utimesSync(file, past, past)
    expect(statSync(file)).toMatchObject({ ino, size: one.length, mtimeMs: past.getTime() })
    const second = await expectRendered(openEngine(root), file)
    expect(second.facts.hash).not.toBe(first.facts.hash)
  })
})

describe('names', () => {
  test.each([
    'two words.jpg',
    'a#b.jpg',
    'what?.jpg',
    '100%.jpg',
    '%20.jpg',
    'a&b=c+d.jpg',
    'caf\u00e9.jpg',
    'cafe\u0301.jpg',
    '\u5bcc\u58eb\u5c71.jpg',
    '-rf.jpg',
    '--help',
    'PHOTO.JPEG',
    '.jpg',
    "it's $HOME `x`.jpg",
    `${'long'.repeat(61)}.jpg`,
    'folder #1/sub folder/photo.jpg',
  ])('%s', async (name) => {
    const { root, file } = place(await orientedJpeg(1), name)
    const { variants } = await expectRendered(openEngine(root), file)
    for (const variant of variants) expect(variant.name).toMatch(/^[A-Za-z0-9_][\w-]{0,60}\.[0-9a-f]{12}\.\w+$/)
  })

  test('both Unicode forms of one name give the same file names', async () => {
    const bytes = await orientedJpeg(1)
    const names = async (name: string): Promise<readonly string[]> => {
      const { root, file } = place(bytes, name)
      return (await expectRendered(openEngine(root), file)).variants.map((variant) => variant.name)
    }
    expect(await names('caf\u00e9.jpg')).toEqual(await names('cafe\u0301.jpg'))
  })
})

describe('unusual pictures', () => {
  const create = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#468' } })

  test('one pixel', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const) {
      const { root, file } = place(await create(1, 1).toFormat(format).toBuffer())
      const { variants } = await expectRendered(openEngine(root), file)
      expect(new Set(variants.map(({ width, height }) => `${width}x${height}`))).toEqual(new Set(['1x1']))
    }
  })

  test('one pixel high or wide, in every default crop', async () => {
    for (const [width, height] of [
      [300, 1],
      [1, 300],
      [2, 301],
    ] as const) {
      const { root, file } = place(await create(width, height).png().toBuffer(), 'line.png')
      await expectRendered(createEngine(resolveOptions({ effort: 'fast', cache: { mode: 'off' } }, root)), file)
    }
  })

  test('grey, with and without transparency', async () => {
    for (const greyscale of [create(60, 40).greyscale(), create(60, 40).ensureAlpha(0.5).greyscale()]) {
      const { root, file } = place(await greyscale.png().toBuffer(), 'grey.png')
      await expectRendered(openEngine(root), file)
    }
  })

  test('smaller than every width: once, at its own size', async () => {
    const { root, file } = place(await create(40, 30).png().toBuffer(), 'small.png')
    const engine = openEngine(root, { presets: { hero: { crops: { square: { ratio: 1 } }, widths: [640, 1280] } } })
    const plan = await expectRendered(engine, file)
    expect(plan.variants.map(({ format, width }) => [format, width])).toEqual([
      ['avif', 30],
      ['webp', 30],
      ['jpeg', 30],
    ])
  })

  test('taller than WebP and AVIF can be: narrowed until it fits', async () => {
    const { root, file } = place(await create(24, 20_000).png().toBuffer(), 'page.png')
    const plan = await expectRendered(openEngine(root), file, '?hero&ratio=source&widths=24')
    for (const { height } of plan.variants) expect(height).toBeLessThanOrEqual(16_383)
  })
})
