import { describe, expect, it } from 'vitest'
import { analyseSource } from '../../src/source/analyse.ts'
import { findSubject } from '../../src/subject/find.ts'
import type { Analysis, Detect, RelativeRect, RgbRaster } from '../../src/types.ts'
import { heroErrorOf } from '../fixtures/hero-error.ts'
import { colourDistance } from '../fixtures/measure.ts'
import * as photos from '../fixtures/photos.ts'

const options = { file: 'hero.jpg', pixels: 1_000_000, allowTruncated: false, detector: 'none' }

function cornerOf({ preview }: Analysis): number[] {
  const data = Buffer.from(preview.data, 'base64')
  return [...data.subarray(-3 * preview.width, -3 * preview.width + 3)]
}

function middleOf({ x, y, width, height }: RelativeRect = { x: 0, y: 0, width: 0, height: 0 }): {
  x: number
  y: number
} {
  return { x: x + width / 2, y: y + height / 2 }
}

describe('subject', () => {
  it('finds the disc', async () => {
    const { subject } = await analyseSource(await photos.orientedJpeg(6), options)
    expect(subject.by).toBe('saliency')
    const [part] = subject.boxes
    expect(Math.hypot(middleOf(part?.box).x - 0.7, middleOf(part?.box).y - 0.3)).toBeLessThan(0.2)
  })

  it('takes the centre of flat pictures, single pixels and SVG', async () => {
    const flat = (width: number, height: number): RgbRaster => ({
      width,
      height,
      data: new Uint8Array(width * height * 3).fill(90),
    })
    for (const raster of [flat(1, 1), flat(64, 64), flat(64, 1)]) expect((await findSubject(raster)).by).toBe('centre')
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="9" height="9"/></svg>',
    )
    expect((await analyseSource(svg, options)).subject.by).toBe('centre')
  })

  it.each([
    [2, 1],
    [1, 2],
    [2, 2],
    [3, 3],
    [64, 64],
  ])('copes with %i × %i', async (width, height) => {
    const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 97) % 256)
    const [part] = (await findSubject({ width, height, data })).boxes
    expect(part?.box.x).toSatisfy((x: number) => x >= 0 && x <= 1)
    expect(part?.box.y).toSatisfy((y: number) => y >= 0 && y <= 1)
  })

  it('asks the detector with at most 512 px a side', async () => {
    const photo = await photos
      .drawScene({ width: 1000, height: 700, disc: { x: 0.5, y: 0.5 } })
      .jpeg()
      .toBuffer()
    const seen: RgbRaster[] = []
    const detect: Detect = (raster) => {
      seen.push(raster)
      return []
    }
    await analyseSource(photo, { ...options, detect })
    expect(seen.map(({ width, height, data }) => [width, height, data.length])).toEqual([[512, 358, 512 * 358 * 3]])
  })

  it('says when the detector fails', async () => {
    const broken = (): Promise<never> => Promise.reject(new Error('no model'))
    const work = analyseSource(await photos.orientedJpeg(1), { ...options, detect: broken })
    expect(await heroErrorOf(work)).toMatchObject({
      code: 'HERO_DETECTOR_FAILED',
      reason: expect.stringContaining('no model'),
    })
  })
})

describe('preview', () => {
  it.each([
    ['sRGB', () => photos.profiledJpeg('srgb')],
    ['Display P3', () => photos.profiledJpeg('p3')],
    ['16 bits', () => photos.deepPng()],
    ['16 bits in Display P3', () => photos.deepPng('p3')],
    ['animation', () => photos.animation('gif')],
  ])('has sRGB colours: %s', async (_, make) => {
    const analysis = await analyseSource(await make(), options)
    expect(analysis.preview).toMatchObject({ width: 32, height: 21 })
    expect(colourDistance(cornerOf(analysis), photos.blue)).toBeLessThan(8)
  })

  it('is white where the photo is transparent', async () => {
    expect(cornerOf(await analyseSource(await photos.alphaPng(), options))).toEqual([255, 255, 255])
  })

  it('is one pixel for one pixel', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1" fill="#f00"/></svg>',
    )
    expect((await analyseSource(svg, options)).preview).toEqual({ width: 1, height: 1, data: '/wAA' })
  })
})

describe('damage', () => {
  it.each([
    ['baseline', false],
    ['progressive', true],
  ])('finds a truncated %s JPEG, which may be accepted', async (_, progressive) => {
    const whole = await photos
      .drawScene({ width: 900, height: 600, disc: { x: 0.7, y: 0.3 } })
      .jpeg({ progressive })
      .toBuffer()
    const photo = whole.subarray(0, Math.floor(whole.length * 0.8))
    expect(await heroErrorOf(analyseSource(photo, options))).toMatchObject({
      code: 'HERO_SOURCE_TRUNCATED',
      file: 'hero.jpg',
    })
    const { facts } = await analyseSource(photo, { ...options, allowTruncated: true })
    expect(facts.notes).toEqual([expect.stringContaining('too early')])
  })

  it('accepts a truncated PNG when asked', async () => {
    const whole = await photos.drawScene().png({ compressionLevel: 0 }).toBuffer()
    const { facts } = await analyseSource(whole.subarray(0, whole.length / 2), { ...options, allowTruncated: true })
    expect(facts.notes).toHaveLength(1)
  })

  it('says broken for damage in the middle', async () => {
    const png = Buffer.from(await photos.drawScene().png().toBuffer())
    png.fill(0x55, png.length / 2, png.length / 2 + 30)
    expect((await heroErrorOf(analyseSource(png, options))).code).toBe('HERO_SOURCE_BROKEN')
  })

  it('decodes photos whose EXIF or profile is garbage', async () => {
    for (const photo of [
      photos.spoilSegment(await photos.profiledJpeg('p3'), 'ICC_PROFILE'),
      photos.spoilSegment(await photos.taggedJpeg(), 'Exif'),
    ]) {
      expect((await analyseSource(photo, options)).facts.width).toBe(240)
    }
  })
})
