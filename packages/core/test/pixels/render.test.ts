import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { HeroError } from '../../src/errors.ts'
import type { RasterFormat } from '../../src/types.ts'
import { encodeBytes } from '../../src/variant/memory.ts'
import { renderVariants } from '../../src/variant/render.ts'
import { heroErrorOf } from '../fixtures/hero-error.ts'
import { colourAt, colourDistance, findDisc, see } from '../fixtures/measure.ts'
import * as photos from '../fixtures/photos.ts'
import { pixels, planWishes, renderWishes } from '../fixtures/render.ts'

const { blue, red, scene } = photos
const formats: readonly RasterFormat[] = ['avif', 'webp', 'jpeg', 'png']

async function expectScene(bytes: Buffer, tolerance = 12): Promise<void> {
  const seen = await see(bytes)
  expect(colourDistance(colourAt(seen, scene.disc.x, scene.disc.y), red)).toBeLessThanOrEqual(tolerance)
  expect(colourDistance(colourAt(seen, 0.1, 0.9), blue)).toBeLessThanOrEqual(tolerance)
}

describe('geometry', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('shows EXIF orientation %i upright', async (orientation) => {
    const photo = await photos.orientedJpeg(orientation)
    for (const width of [240, 120, 60]) {
      const [made = photo] = await renderWishes(photo, [{ format: 'webp', width }])
      const seen = await see(made)
      const disc = findDisc(seen)
      expect([seen.width, seen.height]).toEqual([width, (width * 2) / 3])
      expect(disc.x).toBeCloseTo(scene.disc.x, 1)
      expect(disc.y).toBeCloseTo(scene.disc.y, 1)
    }
  })

  it.each([1, 6, 5])('cuts rectangles of the upright photo, orientation %i', async (orientation) => {
    const photo = await photos.orientedJpeg(orientation)
    const tall = { left: 120, top: 0, width: 96, height: 120 }
    const wide = { left: 0, top: 20, width: 240, height: 120 }
    const wishes = [
      { rect: tall, format: 'jpeg' as const, width: 96 },
      { rect: tall, format: 'jpeg' as const, width: 40 },
      { rect: wide, format: 'jpeg' as const, width: 100 },
    ]
    const [large, small, other] = await renderWishes(photo, wishes)
    for (const bytes of [large, small]) {
      const disc = findDisc(await see(bytes ?? photo))
      expect(disc.x).toBeCloseTo((168 - 120) / 96, 1)
      expect(disc.y).toBeCloseTo(48 / 120, 1)
    }
    const disc = findDisc(await see(other ?? photo))
    expect(disc.x).toBeCloseTo(0.7, 1)
    expect(disc.y).toBeCloseTo((48 - 20) / 120, 1)
  })

  it('makes every format in exactly the size that was planned', async () => {
    const photo = await photos.profiledJpeg('srgb')
    const rect = { left: 13, top: 7, width: 201, height: 97 }
    const wishes = formats.flatMap((format) => [201, 150, 77, 3, 1].map((width) => ({ format, width })))
    const made = await renderWishes(photo, wishes, rect)
    const sizes = await Promise.all(made.map(async (bytes) => (await sharp(bytes).metadata()).width))
    expect(sizes).toEqual(wishes.map(({ width }) => width))
  })

  it.each([
    ['turned', () => photos.orientedJpeg(6)],
    ['in Display P3', () => photos.profiledJpeg('p3')],
  ])('draws a variant of a photo %s alike, whatever is drawn beside it', async (_, take) => {
    const photo = await take()
    const small = { rect: { left: 30, top: 20, width: 99, height: 61 }, format: 'webp' as const, width: 41 }
    const large = { format: 'webp' as const, width: 200 }
    const [alone = photo] = await renderWishes(photo, [small])
    for (const wishes of [
      [small, large],
      [small, { ...small, width: 99 }],
      [small, { ...small, width: 30 }],
    ]) {
      const [beside] = await renderWishes(photo, wishes)
      expect(beside?.equals(alone)).toBe(true)
    }
  })

  it('draws a photo of one pixel', async () => {
    const photo = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#f00' } })
      .png()
      .toBuffer()
    const made = await renderWishes(
      photo,
      formats.map((format) => ({ format, width: 1 })),
    )
    for (const bytes of made) expect(colourDistance(colourAt(await see(bytes), 0, 0), [255, 0, 0])).toBeLessThan(12)
  })
})

it('keeps the pixels of a crop while the next one is drawn', async () => {
  const photo = await photos.profiledJpeg('srgb')
  const whole = await planWishes(photo, [{ format: 'webp', width: 240 }])
  const part = await planWishes(photo, [{ format: 'webp', width: 60 }], { left: 0, top: 0, width: 100, height: 100 })
  const made: number[] = []
  await renderVariants(photo, [...whole, ...part], {
    file: 'photo',
    pixels,
    // The first crop, which is all of the photo, gets to its encoder when the second one has long been drawn.
    run: async (job, bytes) => {
      if (whole.some((variant) => encodeBytes(variant) === bytes)) await sleep(100)
      return job()
    },
    deliver: async ({ width }) => void made.push(width),
  })
  expect(made.sort()).toEqual([240, 60])
})

describe('colour', () => {
  it('writes no profile for sRGB', async () => {
    for (const bytes of await renderWishes(
      await photos.profiledJpeg('srgb'),
      formats.map((format) => ({ format, width: 160 })),
    )) {
      expect((await sharp(bytes).metadata()).icc).toBeUndefined()
      await expectScene(bytes)
    }
  })

  it('keeps Display P3 in every format', async () => {
    for (const bytes of await renderWishes(
      await photos.profiledJpeg('p3'),
      formats.map((format) => ({ format, width: 160 })),
    )) {
      expect((await sharp(bytes).metadata()).icc?.includes('mntrRGB')).toBe(true)
      await expectScene(bytes)
    }
  })

  it('turns CMYK into sRGB, with and without a profile', async () => {
    for (const hasProfile of [true, false]) {
      const photo = await photos.cmykJpeg(hasProfile)
      const shown = await see(photo)
      for (const bytes of await renderWishes(
        photo,
        formats.map((format) => ({ format, width: 160 })),
      )) {
        const metadata = await sharp(bytes).metadata()
        expect([metadata.icc, metadata.space === 'cmyk']).toEqual([undefined, false])
        expect(colourDistance(colourAt(await see(bytes), 0.7, 0.3), colourAt(shown, 0.7, 0.3))).toBeLessThan(12)
      }
    }
  })

  it('keeps 16-bit colours right, and gives AVIF all ten bits', async () => {
    for (const photo of [await photos.deepPng(), await photos.deepPng('p3')]) {
      for (const bytes of await renderWishes(
        photo,
        formats.map((format) => ({ format, width: 160 })),
      ))
        await expectScene(bytes)
    }
    const width = 200
    const ramp = Uint16Array.from(
      { length: width * 8 * 3 },
      (_, index) => 20_000 + 20 * (Math.floor(index / 3) % width),
    )
    const photo = await sharp(ramp, { raw: { width, height: 8, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer()
    const [avif] = await renderWishes(photo, [{ format: 'avif', width, encoder: { quality: 100, effort: 0 } }])
    const decoded = await sharp(avif).toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer()
    const values = new Uint16Array(decoded.buffer, decoded.byteOffset, width * 3)
    // 200 steps of 20 in 65536 are 61 levels of ten bits, but only 16 of eight.
    expect(new Set(values).size).toBeGreaterThan(30)
  })

  it('says ten bits in AVIF files', async () => {
    const [avif] = await renderWishes(await photos.profiledJpeg('srgb'), [{ format: 'avif', width: 100 }])
    expect((await sharp(avif).metadata()).bitsPerSample).toBe(10)
  })

  it('draws grey photos, with a grey profile too', async () => {
    const grey = await photos.drawScene().toColourspace('b-w').png().toBuffer()
    const shown = colourAt(await see(await sharp(grey).toColourspace('srgb').png().toBuffer()), 0.1, 0.9)
    for (const bytes of await renderWishes(
      grey,
      formats.map((format) => ({ format, width: 100 })),
    )) {
      expect(colourDistance(colourAt(await see(bytes), 0.1, 0.9), shown)).toBeLessThan(6)
    }
  })
})

describe('JPEG', () => {
  it('arrives in scans at every effort but the least, and the smaller the greater it is', async () => {
    const photo = await readFile(join(import.meta.dirname, '../subject/photos/lighthouse.jpg'))
    const efforts = [0, 1, 2].map((effort) => ({
      format: 'jpeg' as const,
      width: 200,
      encoder: { quality: 80, effort },
    }))
    const made = await renderWishes(photo, efforts)
    const isProgressive = await Promise.all(made.map(async (bytes) => (await sharp(bytes).metadata()).isProgressive))
    expect(isProgressive).toEqual([false, true, true])
    const [plain = 0, usual = 0, smallest = 0] = made.map(({ length }) => length)
    expect(usual).toBeLessThan(plain)
    expect(smallest).toBeLessThan(usual)
  })
})

describe('alpha', () => {
  it.each([false, true])('keeps transparency in AVIF, WebP and PNG, palette %s', async (palette) => {
    const photo = await photos.alphaPng({ palette })
    const wishes = (['avif', 'webp', 'png'] as const).map((format) => ({ format, width: 120 }))
    for (const bytes of await renderWishes(photo, wishes)) {
      const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
      expect(info.channels).toBe(4)
      const row = 40 * info.width * 4
      expect([data[row + 4 * 10 + 3], data[row + 4 * 110 + 3]]).toEqual([0, 255])
    }
  })
})

describe('metadata', () => {
  it('drops everything, position included', async () => {
    const photo = await photos.taggedJpeg()
    for (const bytes of await renderWishes(
      photo,
      formats.map((format) => ({ format, width: 120 })),
    )) {
      const { exif, xmp, iptc } = await sharp(bytes).metadata()
      expect([exif, xmp, iptc]).toEqual([undefined, undefined, undefined])
      expect(bytes.includes('Ada')).toBe(false)
    }
  })

  it('keeps copyright and artist alone when asked', async () => {
    const photo = await photos.taggedJpeg()
    for (const bytes of await renderWishes(
      photo,
      formats.map((format) => ({ format, width: 120, metadata: 'copyright' as const })),
    )) {
      const { exif, xmp } = await sharp(bytes).metadata()
      expect([exif?.includes('Ada 2025'), exif?.includes('Camera'), exif?.includes('GPS'), xmp]).toEqual([
        true,
        false,
        false,
        undefined,
      ])
    }
  })
})

describe('gain maps', () => {
  it('crops and scales the map with its photo in JPEG, and drops it elsewhere', async () => {
    const photo = await photos.gainMapJpeg()
    const rect = { left: 100, top: 10, width: 120, height: 80 }
    const [jpeg = photo, webp] = await renderWishes(
      photo,
      [
        { format: 'jpeg', width: 90 },
        { format: 'webp', width: 90 },
      ],
      rect,
    )
    expect((await sharp(webp).metadata()).gainMap).toBeUndefined()
    const map = (await sharp(jpeg).metadata()).gainMap?.image
    const { data, info } = await sharp(map).greyscale().raw().toBuffer({ resolveWithObject: true })
    expect(info.width / info.height).toBeCloseTo(1.5, 1)
    const valueAt = (x: number, y: number): number =>
      data[Math.floor(y * info.height) * info.width + Math.floor(x * info.width)] ?? 0
    const [discX, discY] = [(168 - 100) / 120, (48 - 10) / 80]
    expect(Math.abs(valueAt(discX, discY) - valueAt(0.1, 0.9))).toBeGreaterThan(5)
    const disc = findDisc(await see(jpeg))
    expect([disc.x, disc.y]).toEqual([expect.closeTo(discX, 1), expect.closeTo(discY, 1)])
  })
})

describe('animations', () => {
  it.each(['gif', 'webp'] as const)('keeps frames, delays and loops of a %s', async (format) => {
    const photo = await photos.animation(format)
    const rect = { left: 24, top: 0, width: 192, height: 96 }
    const made = await renderWishes(
      photo,
      [
        { format: 'webp', width: 96 },
        { format: 'gif', width: 96 },
      ],
      rect,
    )
    for (const bytes of made) {
      const { pages, delay, loop, width, pageHeight, height } = await sharp(bytes, { animated: true }).metadata()
      expect({ pages, delay, loop, width, height: pageHeight ?? height }).toEqual({
        pages: 3,
        delay: [50, 100, 150],
        loop: 2,
        width: 96,
        height: 48,
      })
      for (const [page, x] of [0.3, 0.5, 0.7].entries()) {
        const disc = findDisc(await see(await sharp(bytes, { page }).png().toBuffer()))
        expect(disc.x).toBeCloseTo((x * 240 - 24) / 192, 1)
      }
    }
  })
})

describe('SVG', () => {
  it('passes through untouched', async () => {
    const photo = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="9" height="9"/></svg>',
    )
    const [made] = await renderWishes(photo, [{ format: 'svg', width: 30 }])
    expect(made).toEqual(photo)
  })
})

describe('failures', () => {
  const context = { file: 'photo', pixels, deliver: async () => {} }

  it('says that a photo is truncated, unless that is accepted', async () => {
    const whole = await photos.profiledJpeg('srgb')
    const photo = whole.subarray(0, whole.length * 0.7)
    expect((await heroErrorOf(renderWishes(photo, [{ format: 'webp', width: 100 }]))).code).toBe(
      'HERO_SOURCE_TRUNCATED',
    )
    const [made] = await renderWishes(photo, [{ format: 'webp', width: 100, allowTruncated: true }])
    expect((await sharp(made).metadata()).width).toBe(100)
  })

  it('refuses a crop outside the photo', async () => {
    const rect = { left: 200, top: 0, width: 100, height: 100 }
    const work = renderWishes(await photos.profiledJpeg('srgb'), [{ format: 'webp', width: 50 }], rect)
    expect(await heroErrorOf(work)).toMatchObject({ code: 'HERO_SOURCE_CHANGED', file: 'photo' })
  })

  it('passes on what the queue and the receiver throw, and delivers nothing after that', async () => {
    const photo = await photos.profiledJpeg('srgb')
    const variants = await planWishes(photo, [
      { format: 'webp', width: 100 },
      { format: 'jpeg', width: 50 },
    ])
    const stop = new Error('stop')
    await expect(renderVariants(photo, variants, { ...context, run: () => Promise.reject(stop) })).rejects.toBe(stop)
    const full = new HeroError('HERO_CACHE_UNWRITABLE', 'full')
    const deliver = (): Promise<void> => Promise.reject(full)
    await expect(renderVariants(photo, variants, { ...context, run: (job) => job(), deliver })).rejects.toBe(full)
  })

  it('tells the queue honestly small numbers for small photos', async () => {
    const photo = await photos.profiledJpeg('srgb')
    const variants = await planWishes(photo, [
      { format: 'avif', width: 100 },
      { format: 'jpeg', width: 50 },
    ])
    const estimates: number[] = []
    await renderVariants(photo, variants, {
      ...context,
      run: (job, bytes) => {
        estimates.push(bytes)
        return job()
      },
    })
    expect(estimates.length).toBeGreaterThanOrEqual(4)
    for (const bytes of estimates) expect(bytes).toSatisfy((value: number) => value > 0 && value < 1_000_000)
  })
})
