/** Rasters for tests of the subject finder: photos, and what can be done to them. */
import { join } from 'node:path'
import sharp from 'sharp'
import type { RelativeRect, RgbRaster, Subject } from '../../src/types.ts'

/** A photo of the folder beside this file. */
export async function readPhoto(name: string): Promise<RgbRaster> {
  const file = join(import.meta.dirname, 'photos', `${name}.jpg`)
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}

/** A raster whose pixels are computed. */
export function drawRaster(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly number[],
): RgbRaster {
  const pixels = Array.from({ length: width * height }, (_, at) => colour(at % width, Math.floor(at / width)))
  return { width, height, data: Uint8Array.from(pixels.flat()) }
}

/** The same picture seen in a mirror. */
export function mirrorRaster({ width, height, data }: RgbRaster): RgbRaster {
  return drawRaster(width, height, (x, y) => {
    const at = (y * width + width - 1 - x) * 3
    return [...data.subarray(at, at + 3)]
  })
}

/** Every value changed alike. */
export function mapRaster({ width, height, data }: RgbRaster, change: (value: number) => number): RgbRaster {
  return { width, height, data: data.map((value) => Math.min(255, Math.max(0, Math.round(change(value))))) }
}

/** The boxes of a subject as they are in a mirror: exact, since all numbers are binary fractions. */
export function mirrorBoxes({ boxes }: Subject): Subject['boxes'] {
  const swapped = [1, 0, 2, 3, 5, 4]
  return boxes.map(({ points, box, ...rest }) => ({
    ...rest,
    box: { ...box, x: 1 - box.x - box.width },
    ...(points === undefined
      ? {}
      : { points: swapped.flatMap((index) => points[index] ?? []).map(({ x, y }) => ({ x: 1 - x, y })) }),
  }))
}

/** Intersection over union. */
export function overlapOf(a: RelativeRect, b: RelativeRect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  const common = Math.max(0, width) * Math.max(0, height)
  return common / (a.width * a.height + b.width * b.height - common)
}
