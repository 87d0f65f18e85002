/** Where people are, pixel by pixel: MediaPipe's selfie segmentation. */
import type { RgbRaster, Size } from '../types.ts'
import { lookTwice } from './look.ts'
import type { Program } from './network/program.ts'
import { resample } from './resample.ts'

/** How much every cell belongs to a person, 0..255, stretched over the whole photo. */
export interface Mask extends Size {
  readonly data: Uint8Array
}

/** Masks all people together. */
export function maskPeople(program: Program, raster: RgbRaster): Mask {
  const { width, height } = program.input()
  const looks = lookTwice(program, resample(raster, { width, height }), { black: 0, white: 1 })
  const [straight] = looks.straight
  const [mirrored] = looks.mirrored
  if (straight?.values.length !== width * height || mirrored === undefined)
    throw new Error('The person model has other outputs than expected.')
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const here = straight.values[y * width + x] ?? 0
      const there = mirrored.values[y * width + width - 1 - x] ?? 0
      data[y * width + x] = Math.round(((here + there) / 2) * 255)
    }
  }
  return { width, height, data }
}
