import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { probeSource } from '../../src/source/probe.ts'
import type { SourceFacts } from '../../src/types.ts'
import { heroErrorOf } from '../fixtures/hero-error.ts'
import * as photos from '../fixtures/photos.ts'

const options = { file: 'hero.jpg', pixels: 1_000_000, allowTruncated: false }
const probe = (bytes: Uint8Array): Promise<SourceFacts> => probeSource(bytes, options)

describe('size', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is upright for EXIF orientation %i', async (orientation) => {
    expect(await probe(await photos.orientedJpeg(orientation))).toMatchObject({ width: 240, height: 160 })
  })

  it('counts the frames of animations', async () => {
    for (const format of ['gif', 'webp'] as const) {
      expect(await probe(await photos.animation(format))).toMatchObject({ format, width: 240, height: 160, frames: 3 })
    }
  })

  it('refuses decompression bombs without decoding them, naming the numbers', async () => {
    const error = await heroErrorOf(probe(await photos.pngBomb(60_000, 50_000)))
    expect(error.code).toBe('HERO_SOURCE_TOO_LARGE')
    expect(error.message).toContain('60000 × 50000 = 3000000000 pixels; the limit is 1000000')
  })

  it('counts all frames against the limit', async () => {
    const work = probeSource(await photos.animation('gif'), { ...options, pixels: 240 * 160 * 2 })
    expect((await heroErrorOf(work)).reason).toContain('240 × 160 × 3 frames')
  })
})

describe('colour', () => {
  it('tells sRGB from wide profiles by their contents', async () => {
    expect(await probe(await photos.profiledJpeg('srgb'))).toMatchObject({
      colour: 'srgb',
      profile: expect.any(String),
    })
    expect(await probe(await photos.profiledJpeg('p3'))).toMatchObject({ colour: 'keep-profile' })
    expect((await probe(await photos.drawScene().jpeg().toBuffer())).profile).toBeUndefined()
  })

  it('converts CMYK, with and without a profile', async () => {
    expect(await probe(await photos.cmykJpeg(true))).toMatchObject({
      colour: 'convert-srgb',
      profile: expect.any(String),
    })
    expect(await probe(await photos.cmykJpeg(false))).toMatchObject({ colour: 'convert-srgb' })
  })

  it('ignores a broken profile with a note', async () => {
    const facts = await probe(photos.spoilSegment(await photos.profiledJpeg('p3'), 'ICC_PROFILE'))
    expect(facts).toMatchObject({ colour: 'srgb', notes: [expect.stringContaining('profile')] })
    expect(facts.profile).toBeUndefined()
  })

  it('does not mind broken EXIF', async () => {
    expect(await probe(photos.spoilSegment(await photos.taggedJpeg(), 'Exif'))).toMatchObject({ width: 240, notes: [] })
  })
})

describe('pixels', () => {
  it('knows depth and transparency', async () => {
    expect(await probe(await photos.deepPng())).toMatchObject({ depth: 16, alpha: false })
    expect(await probe(await photos.alphaPng())).toMatchObject({ depth: 8, alpha: true })
    expect(await probe(await photos.alphaPng({ palette: true }))).toMatchObject({ depth: 8, alpha: true })
    const line = await photos.drawScene().toColourspace('b-w').threshold().png({ palette: true, colours: 2 }).toBuffer()
    expect(await probe(line)).toMatchObject({ depth: 8, alpha: false, colour: 'srgb' })
  })

  it('sees gain maps', async () => {
    expect(await probe(await photos.gainMapJpeg())).toMatchObject({ format: 'jpeg', gainMap: true })
  })
})

describe('formats', () => {
  it('goes by bytes', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const) {
      const bytes = await photos
        .drawScene()
        .toFormat(format, format === 'avif' ? { effort: 0 } : {})
        .toBuffer()
      expect(await probe(bytes)).toMatchObject({ format, frames: 1, width: 240, height: 160, bytes: bytes.length })
    }
  })

  it('takes the first page of a document, with a note', async () => {
    const page = await photos.drawScene().png().toBuffer()
    const bytes = await sharp([page, page], { join: { animated: true } })
      .tiff()
      .toBuffer()
    expect(await probe(bytes)).toMatchObject({
      frames: 1,
      width: 240,
      height: 160,
      notes: [expect.stringContaining('2 pictures')],
    })
  })

  it('measures SVG, and refuses a gigantic one', async () => {
    const svg = (size: string): Buffer => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${size}/>`)
    expect(await probe(svg('width="30" height="20"'))).toMatchObject({
      format: 'svg',
      width: 30,
      height: 20,
      frames: 1,
    })
    expect(await probe(svg('viewBox="0 0 40 10"'))).toMatchObject({ width: 40, height: 10 })
    expect((await heroErrorOf(probe(svg('width="30000" height="30000"')))).code).toBe('HERO_SOURCE_TOO_LARGE')
  })
})

describe('damage', () => {
  it.each(['png', 'webp', 'avif', 'gif', 'tiff'] as const)('sees that a %s is cut short', async (format) => {
    const whole = await photos
      .drawScene()
      .toFormat(format, format === 'avif' ? { effort: 0 } : {})
      .toBuffer()
    for (const share of [0.5, 0.99]) {
      const error = await heroErrorOf(probe(whole.subarray(0, Math.floor(whole.length * share))))
      expect(error).toMatchObject({ code: 'HERO_SOURCE_TRUNCATED', file: 'hero.jpg' })
    }
  })

  it('says broken when a header makes no sense', async () => {
    const png = Buffer.from(await photos.drawScene().png().toBuffer())
    png.fill(0, 8, 29)
    expect(['HERO_SOURCE_BROKEN', 'HERO_SOURCE_TRUNCATED']).toContain((await heroErrorOf(probe(png))).code)
  })
})
