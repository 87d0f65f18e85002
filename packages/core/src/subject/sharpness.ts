/** How much fine detail lies in a part of the photo, against the coarse detail there: low where the camera was out of focus, whatever the contrast. */
import type { RelativeRect, RgbRaster } from '../types.ts'
import { sharpnessSettings as settings } from './weights.ts'

/** Measures parts of one raster. */
export interface SharpnessMeter {
  /** 0 (out of focus) to 1 (as sharp as the sharpest parts of the photo). */
  readonly of: (box: RelativeRect) => number
}

/** Squared differences over a short and over a long distance, summed along both directions, so that any box costs four look-ups. */
export function measureSharpness({ width, height, data }: RgbRaster): SharpnessMeter {
  const fine = new Float64Array((width + 1) * (height + 1))
  const coarse = new Float64Array((width + 1) * (height + 1))
  const light = new Int16Array(width * height)
  for (let pixel = 0; pixel < light.length; pixel++) {
    light[pixel] = (data[3 * pixel] ?? 0) + 2 * (data[3 * pixel + 1] ?? 0) + (data[3 * pixel + 2] ?? 0)
  }
  const { short, long } = settings
  const differenceAt = (x: number, y: number, reach: number): number => {
    const at = y * width + x
    const across = (light[at + reach] ?? 0) - (light[at - reach] ?? 0)
    const down = (light[at + reach * width] ?? 0) - (light[at - reach * width] ?? 0)
    return across * across + down * down
  }
  for (let y = 0; y < height; y++) {
    let [fineRow, coarseRow] = [0, 0]
    const isInside = y >= long && y < height - long
    for (let x = 0; x < width; x++) {
      if (isInside && x >= long && x < width - long) {
        fineRow += differenceAt(x, y, short)
        coarseRow += differenceAt(x, y, long)
      }
      const at = (y + 1) * (width + 1) + x + 1
      fine[at] = (fine[at - width - 1] ?? 0) + fineRow
      coarse[at] = (coarse[at - width - 1] ?? 0) + coarseRow
    }
  }
  const sumOf = (table: Float64Array, box: RelativeRect): number => {
    const left = Math.round(box.x * width)
    const right = width - Math.round((1 - box.x - box.width) * width)
    const top = Math.round(box.y * height)
    const bottom = height - Math.round((1 - box.y - box.height) * height)
    const at = (x: number, y: number): number => table[y * (width + 1) + x] ?? 0
    return at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top)
  }
  const whole = sumOf(coarse, { x: 0, y: 0, width: 1, height: 1 })
  const ratioOf = (box: RelativeRect): number => {
    // Flat parts have noise alone.
    const floor = whole * box.width * box.height * settings.flat || 1
    return sumOf(fine, box) / (sumOf(coarse, box) + floor)
  }
  const side = 1 / settings.cells
  const ratios = Array.from({ length: settings.cells * settings.cells }, (_, cell) => {
    const column = cell % settings.cells
    return ratioOf({ x: column * side, y: ((cell - column) / settings.cells) * side, width: side, height: side })
  }).sort((a, b) => b - a)
  const sharpest = ratios[Math.floor(ratios.length * settings.sharpest)] ?? 0
  return { of: (box) => (sharpest === 0 ? 1 : round(Math.min(1, ratioOf(box) / sharpest))) }
}

/** Two digits: it is an estimate. */
function round(value: number): number {
  return Math.round(value * 100) / 100
}
