/** How alike two pictures look: a stand-in where no scorer is installed. */

import { toLab, toLinear } from './lab.ts'

/** Pixels in sRGB, three bytes each. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** A picture made ready for comparison: Lab planes with their local statistics, at every scale. */
export type Prepared = readonly Scale[]

interface Size {
  readonly width: number
  readonly height: number
}

interface Scale extends Size {
  /** L, a, b. */
  readonly planes: readonly Plane[]
}

interface Plane extends Size {
  readonly values: Float32Array
  readonly mean: Float32Array
  readonly meanOfSquares: Float32Array
}

/** Weights of the scales, the finest first: Wang, Simoncelli and Bovik, “Multi-scale structural similarity”, 2003. */
const scaleWeights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]
const totalWeight = scaleWeights.reduce((sum, weight) => sum + weight, 0)

/** Weights of L, a and b: lightness carries most of what is seen. */
const channelWeights = [0.8, 0.1, 0.1]

/** SSIM's constants for values that span 1: Wang, Bovik, Sheikh and Simoncelli, 2004. */
const c1 = 0.01 ** 2
const c2 = 0.03 ** 2

/** Pixels to each side of a window. */
const reach = 3

/** Prepares a picture; of one reference it need be done only once. */
export function prepare({ width, height, data }: Pixels): Prepared {
  const linear = Float32Array.from({ length: 256 }, (_, byte) => toLinear(byte / 255))
  let rgb: Float32Array[] = [0, 1, 2].map((channel) =>
    Float32Array.from({ length: width * height }, (_, pixel) => linear[data[pixel * 3 + channel] ?? 0] ?? 0),
  )
  let size = { width, height }
  return scaleWeights.map((_, scale) => {
    if (scale > 0) {
      rgb = rgb.map((plane) => halve(plane, size.width, size.height))
      size = { width: size.width >> 1, height: size.height >> 1 }
    }
    return { ...size, planes: toLab(rgb).map((values) => toPlane(values, size.width, size.height)) }
  })
}

/**
 * Multi-scale SSIM over the three Lab channels, 0..1; pictures must have the same size, at least 16 px a side.
 *
 * Lab channels side by side and scales made in linear light are Lesiński's idea (DSSIM).
 */
export function compare(reference: Prepared, picture: Prepared): number {
  const weighted = scaleWeights.map((weight, scale) => {
    const [one, two] = [reference[scale], picture[scale]]
    if (one === undefined || two === undefined || one.width !== two.width || one.height !== two.height)
      throw new RangeError('Only pictures of the same size can be compared.')
    const channels = one.planes.map((plane, channel) => {
      // The eye does not resolve colour as finely as lightness: the finest scale is judged by lightness alone.
      const isSeen = channel === 0 || scale > 0
      return (channelWeights[channel] ?? 0) * (isSeen ? ssim(plane, two.planes[channel] ?? plane) : 1)
    })
    return weight * channels.reduce((sum, similar) => sum + similar, 0)
  })
  return weighted.reduce((sum, part) => sum + part, 0) / totalWeight
}

function ssim(one: Plane, two: Plane): number {
  const meanOfProducts = boxMean(multiply(one.values, two.values), one.width, one.height)
  let sum = 0
  for (let pixel = 0; pixel < meanOfProducts.length; pixel++) {
    const a = one.mean[pixel] ?? 0
    const b = two.mean[pixel] ?? 0
    const varianceA = (one.meanOfSquares[pixel] ?? 0) - a * a
    const varianceB = (two.meanOfSquares[pixel] ?? 0) - b * b
    const covariance = (meanOfProducts[pixel] ?? 0) - a * b
    sum += ((2 * a * b + c1) * (2 * covariance + c2)) / ((a * a + b * b + c1) * (varianceA + varianceB + c2))
  }
  return sum / meanOfProducts.length
}

function toPlane(values: Float32Array, width: number, height: number): Plane {
  const mean = boxMean(values, width, height)
  return { width, height, values, mean, meanOfSquares: boxMean(multiply(values, values), width, height) }
}

function multiply(one: Float32Array, two: Float32Array): Float32Array {
  return one.map((value, pixel) => value * (two[pixel] ?? 0))
}

function halve(plane: Float32Array, width: number, height: number): Float32Array {
  const half = { width: width >> 1, height: height >> 1 }
  const result = new Float32Array(half.width * half.height)
  for (let y = 0; y < half.height; y++) {
    for (let x = 0; x < half.width; x++) {
      const above = 2 * y * width + 2 * x
      const below = above + width
      const sum = (plane[above] ?? 0) + (plane[above + 1] ?? 0) + (plane[below] ?? 0) + (plane[below + 1] ?? 0)
      result[y * half.width + x] = sum / 4
    }
  }
  return result
}

/** Mean over the square around each pixel; beyond the edge the edge repeats. */
function boxMean(plane: Float32Array, width: number, height: number): Float32Array {
  return slide(slide(plane, height, width, width, 1), width, height, 1, width)
}

/** Mean along one direction: `lines` lines of `length` values, `lineStep` and `step` apart. */
function slide(plane: Float32Array, lines: number, length: number, lineStep: number, step: number): Float32Array {
  const result = new Float32Array(plane.length)
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep
    const at = (index: number): number => plane[start + Math.max(0, Math.min(length - 1, index)) * step] ?? 0
    let sum = 0
    for (let index = -reach; index <= reach; index++) sum += at(index)
    for (let index = 0; index < length; index++) {
      result[start + index * step] = sum / (2 * reach + 1)
      sum += at(index + reach + 1) - at(index - reach)
    }
  }
  return result
}
