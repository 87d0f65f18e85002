/** Crops of real photos, from pixels to rectangles: mirrored, brighter, and at the limits of what a picture can be. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { placeCrop } from '../../src/crop/place.ts'
import { readModels } from '../../src/source/models.ts'
import { createDetector } from '../../src/subject/detectors.ts'
import { findSubject } from '../../src/subject/find.ts'
import type { Detect, Placement, Rect, RgbRaster, Size } from '../../src/types.ts'

const sets = join(import.meta.dirname, '../../../../bench/crops')
const ratios = [21 / 9, 16 / 9, 4 / 3, 1, 4 / 5, 9 / 16]

const photos = ['shared', 'tune'].flatMap((set) => {
  const { photos: all }: { photos: Record<string, { file: string }> } = JSON.parse(
    readFileSync(join(sets, set, 'annotations.json'), 'utf8'),
  )
  return Object.values(all).map(({ file }) => [file, join(sets, set, file)] as const)
})

async function read(input: string | Sharp, side = 512): Promise<RgbRaster> {
  const pipeline = (typeof input === 'string' ? sharp(input) : input)
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
  const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}

function mirror({ width, height, data }: RgbRaster): RgbRaster {
  const turned = Uint8Array.from(data, (_, at) => {
    const pixel = Math.floor(at / 3)
    const x = pixel % width
    return data[(pixel - x + width - 1 - x) * 3 + (at % 3)] ?? 0
  })
  return { width, height, data: turned }
}

let [detect, detectObjects]: Detect[] = []
beforeAll(async () => {
  detect = await createDetector(await readModels())
  detectObjects = await createDetector(await readModels('objects'))
})

async function placeAll(raster: RgbRaster, photo: Size = raster, by = detect): Promise<Placement[]> {
  const subject = await findSubject(raster, by)
  return ratios.map((ratio) => placeCrop({ photo, crop: { ratio }, subject, overrides: { by: undefined } }))
}

const mirrorRect = (photo: Size, rect: Rect): Rect => ({ ...rect, left: photo.width - rect.left - rect.width })

test.each(photos)('%s mirrored has mirrored crops, to the pixel', async (_name, file) => {
  const raster = await read(file)
  for (const by of [detect, detectObjects]) {
    const straight = await placeAll(raster, raster, by)
    const turned = await placeAll(mirror(raster), raster, by)
    expect(turned.map(({ rect }) => rect)).toEqual(straight.map(({ rect }) => mirrorRect(raster, rect)))
  }
})

describe('brighter, darker and softer light', () => {
  const people = photos.filter(([name]) => /clic28d24b|clicff32ad|clice0d8e2|clic9466a9|coco253955/.test(name))

  test.each(people)('%s keeps the same people', async (_name, file) => {
    const raster = await read(file)
    const before = await keptFaces(raster)
    const lights = [
      (value: number) => value * 0.8,
      (value: number) => value * 1.2,
      (value: number) => 255 * (value / 255) ** 0.8,
      (value: number) => 255 * (value / 255) ** 1.25,
    ]
    for (const light of lights) {
      const data = Uint8Array.from(raster.data, (value) => Math.min(255, Math.round(light(value))))
      expect(await keptFaces({ ...raster, data })).toEqual(before)
    }
  })

  /** Faces that each crop keeps whole, by where they roughly are. */
  async function keptFaces(raster: RgbRaster): Promise<string[][]> {
    return (await placeAll(raster)).map(({ parts }) =>
      parts
        .filter(({ kind, share }) => kind === 'face' && share > 0.98)
        .map(({ box }) => `${Math.round((box.x + box.width / 2) * 10)},${Math.round((box.y + box.height / 2) * 10)}`)
        .sort(),
    )
  }
})

describe('pictures at the limits', () => {
  const flat = (width: number, height: number, value: number): RgbRaster => ({
    width,
    height,
    data: new Uint8Array(width * height * 3).fill(value),
  })

  test.each([
    ['1 × 1', flat(1, 1, 80)],
    ['all black', flat(300, 200, 0)],
    ['all white, 20:1', flat(512, 26, 255)],
  ])('%s: the middle', async (_name, raster) => {
    for (const { rect, by } of [...(await placeAll(raster)), ...(await placeAll(raster, raster, detectObjects))]) {
      expect(by).toBe('centre')
      for (const [start, part, whole] of [
        [rect.left, rect.width, raster.width],
        [rect.top, rect.height, raster.height],
      ] as const)
        expect(Math.abs(2 * start + part - whole)).toBeLessThanOrEqual(1)
    }
  })

  test('noise, transparency and a panorama have crops inside the photo', async () => {
    const noise = sharp({
      create: {
        width: 400,
        height: 300,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
    const clear = sharp({
      create: { width: 300, height: 300, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
    const [, file = ''] = photos[0] ?? []
    const panorama = sharp(file).resize(1000, 50, { fit: 'fill' })
    for (const input of [noise, clear, panorama]) {
      const raster = await read(sharp(await input.png().toBuffer()))
      const photo = { width: raster.width * 11, height: raster.height * 11 }
      for (const { rect } of await placeAll(raster, photo)) {
        expect(rect.left >= 0 && rect.top >= 0).toBe(true)
        expect(rect.left + rect.width <= photo.width && rect.top + rect.height <= photo.height).toBe(true)
      }
    }
  })
})
