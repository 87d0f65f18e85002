/** Where the eye is drawn: Boolean Map Saliency, smoothed, times a prior for the centre. */
import type { Grid, RgbRaster, Size } from '../types.ts'
import { createBooleanMaps } from './boolean-map.ts'
import { exponential } from './exponential.ts'
import type { Kernels } from './network/kernels.ts'
import type { Mask } from './person-mask.ts'
import { resample, resampleBytes } from './resample.ts'
import { saliencySettings as settings } from './weights.ts'

/** The saliency of a raster as bytes, the strongest 255; all zeros when nothing stands out. */
export type FindSaliency = (raster: RgbRaster) => Mask

/** Prepares its memory, about 0.6 MB. */
export function createSaliency(kernels: Kernels): FindSaliency {
  const mapsOf = createBooleanMaps(kernels, settings.side, settings.levels)
  return (raster) => {
    const small = resample(raster, sizeInside(raster, settings.side))
    const { width, height } = small
    const smooth = blur(blur(toWhole(mapsOf(small)), width, height, settings.blur), width, height, settings.blur)
    const across = priorOf(width)
    const down = priorOf(height)
    let most = 0
    for (let y = 0, pixel = 0; y < height; y++) {
      for (let x = 0; x < width; x++, pixel++) {
        const value = (smooth[pixel] ?? 0) * ((across[x] ?? 0) * (down[y] ?? 0))
        smooth[pixel] = value
        if (value > most) most = value
      }
    }
    const data = new Uint8Array(width * height)
    if (most > 0) {
      for (let pixel = 0; pixel < data.length; pixel++) data[pixel] = Math.round(((smooth[pixel] ?? 0) * 255) / most)
    }
    return { width, height, data }
  }
}

/** A mask as a small grid for storing. */
export function toGrid(mask: Mask): Grid {
  const { width, height, data } = shrinkMask(mask)
  let text = ''
  for (const value of data) text += String.fromCharCode(value)
  return { width, height, data: btoa(text) }
}

/** A mask with fewer cells: as many as are stored, or of a given size. */
export function shrinkMask(mask: Mask, { width, height }: Size = sizeInside(mask, settings.cells)): Mask {
  return { width, height, data: resampleBytes(mask, { width, height }, 1) }
}

/** The size of the same proportions with this long side; never larger than it is. */
function sizeInside({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** Whole numbers add up alike from both sides. */
function toWhole(values: Float64Array): Float64Array {
  const most = values.reduce((top, value) => Math.max(top, value), 0)
  return values.map((value) => Math.round((value * 65_535) / (most || 1)))
}

/** Mean over a square; cells outside count as nothing. Sums only, so that whole numbers stay whole. */
function blur(values: Float64Array, width: number, height: number, radius: number): Float64Array {
  const rows = new Float64Array(values.length)
  for (let y = 0; y < height; y++) slide(values, rows, y * width, 1, width, radius)
  const result = new Float64Array(values.length)
  for (let x = 0; x < width; x++) slide(rows, result, x, width, height, radius)
  return result
}

function slide(
  from: Float64Array,
  to: Float64Array,
  start: number,
  step: number,
  length: number,
  radius: number,
): void {
  let sum = 0
  for (let at = -radius; at < length; at++) {
    if (at + radius < length) sum += from[start + (at + radius) * step] ?? 0
    if (at - radius - 1 >= 0) sum -= from[start + (at - radius - 1) * step] ?? 0
    if (at >= 0) to[start + at * step] = sum
  }
}

/** A bell over one side. */
function priorOf(length: number): Float64Array {
  return Float64Array.from({ length }, (_, index) => {
    const offset = Math.abs(2 * index + 1 - length) / length
    return exponential(-(offset * offset) / (2 * settings.priorWidth * settings.priorWidth))
  })
}
