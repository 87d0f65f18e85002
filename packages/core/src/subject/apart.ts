/**
 * What differs from the photo's edge in the eyes of a network: the deepest features of the person network tell fur from grass and a truck from a street,
 * though nobody taught them to. Where a cell resembles nothing at the edge, something lies that the photographer put inside.
 */
import type { Tensor } from './network/program.ts'
import type { Mask } from './person-mask.ts'
import { apartSettings as settings } from './weights.ts'

/** How unlike the photo's edge every part is, the most unlike 255; from a look at the photo and one at its mirror image. */
export function findApart(straight: Tensor, mirrored: Tensor): Mask {
  const { width, height, channels } = straight
  const features = meanFeatures(straight, mirrored)
  const cells = Array.from({ length: width * height }, (_, cell) => cell)
  const edge = cells.filter((cell) => isEdge(cell, straight))
  const toEdge = new Float64Array(edge.length)
  const distances = cells.map((cell) => {
    for (let at = 0; at < edge.length; at++) toEdge[at] = distance(features, channels, cell, edge[at] ?? 0)
    // The nearest is left out: of cells at the edge it is the cell itself.
    return toEdge
      .sort()
      .subarray(1, 1 + settings.nearest)
      .reduce((sum, each) => sum + each, 0)
  })
  const least = Math.min(...distances)
  const range = Math.max(...distances) - least
  const data = Uint8Array.from(distances, (each) => (range > 0 ? Math.round(((each - least) * 255) / range) : 0))
  return refine({ width, height, data })
}

/** The features of every cell, one after the other; what the mirror image shows lies on the other side. */
function meanFeatures(straight: Tensor, mirrored: Tensor): Float64Array {
  const { width, height, channels, stride } = straight
  const features = new Float64Array(width * height * channels)
  for (let cell = 0; cell < width * height; cell++) {
    const back = cell + width - 1 - 2 * (cell % width)
    for (let channel = 0; channel < channels; channel++) {
      features[cell * channels + channel] =
        (straight.values[cell * stride + channel] ?? 0) + (mirrored.values[back * stride + channel] ?? 0)
    }
  }
  return features
}

function isEdge(cell: number, { width, height }: Tensor): boolean {
  const x = cell % width
  const y = (cell - x) / width
  return x === 0 || y === 0 || x === width - 1 || y === height - 1
}

function distance(features: Float64Array, channels: number, a: number, b: number): number {
  let sum = 0
  for (let channel = 0; channel < channels; channel++) {
    const difference = (features[a * channels + channel] ?? 0) - (features[b * channels + channel] ?? 0)
    sum += difference * difference
  }
  return Math.sqrt(sum)
}

/** Three times the cells along both sides, with even slopes between them; in whole numbers, which mirror exactly. */
function refine({ width, height, data }: Mask): Mask {
  const side = (at: number, length: number): readonly [near: number, next: number] => {
    const near = Math.floor(at / 3)
    return [near, Math.min(length - 1, Math.max(0, near + (at % 3) - 1))]
  }
  const fine = { width: 3 * width, height: 3 * height }
  return {
    ...fine,
    data: Uint8Array.from({ length: fine.width * fine.height }, (_, cell) => {
      const [x, nextX] = side(cell % fine.width, width)
      const [y, nextY] = side(Math.floor(cell / fine.width), height)
      const row = (line: number): number => 2 * (data[line * width + x] ?? 0) + (data[line * width + nextX] ?? 0)
      return Math.round((2 * row(y) + row(nextY)) / 9)
    }),
  }
}
