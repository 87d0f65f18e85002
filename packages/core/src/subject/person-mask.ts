/** Where people are, pixel by pixel: MediaPipe's selfie segmentation. And what else it tells apart on the way there. */
import type { DetectorHints, RgbRaster, Size } from '../types.ts'
import { findApart } from './apart.ts'
import { lookTwice } from './look.ts'
import type { Kernels } from './network/kernels.ts'
import type { Model } from './network/model.ts'
import { createProgram, type Program } from './network/program.ts'
import { resample } from './resample.ts'

/** How much every cell belongs to a person, 0..255, stretched over the whole photo. */
export interface Mask extends Size {
  readonly data: Uint8Array
}

/** Makes the network ready to give its mask and, behind it, its deepest features. */
export function createPersonProgram(model: Model, kernels: Kernels): Program {
  return createProgram({ ...model, outputs: [...model.outputs, deepest(model)] }, kernels)
}

/** Where the encoder ends: the last sum among those with the fewest cells. */
function deepest({ layers, shapes }: Model): number {
  const cellsOf = (tensor: number): number => {
    const { height, width } = shapes.get(tensor) ?? { height: 0, width: 0 }
    return height * width
  }
  const sums = layers.filter(({ kind }) => kind === 'add').map(({ output }) => output)
  const fewest = Math.min(...sums.map(cellsOf))
  const last = sums.findLast((tensor) => cellsOf(tensor) === fewest)
  if (last === undefined) throw new Error('The person model has other layers than expected.')
  return last
}

/** Masks all people together, and finds what lies apart from the photo's edge. */
export function maskPeople(program: Program, raster: RgbRaster): DetectorHints {
  const { width, height } = program.input()
  const looks = lookTwice(program, resample(raster, { width, height }), { black: 0, white: 1 })
  const [straight, features] = looks.straight
  const [mirrored, featuresBack] = looks.mirrored
  if (straight?.values.length !== width * height || mirrored === undefined || !features || !featuresBack)
    throw new Error('The person model has other outputs than expected.')
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const here = straight.values[y * width + x] ?? 0
      const there = mirrored.values[y * width + width - 1 - x] ?? 0
      data[y * width + x] = Math.round(((here + there) / 2) * 255)
    }
  }
  return { figures: { width, height, data }, apart: findApart(features, featuresBack) }
}
