/**
 * What differs from the photo's edge in the eyes of a network: the deepest features of the person network tell fur from grass and a truck from a street,
 * though nobody taught them to. Where a cell resembles nothing at the edge, something lies that the photographer put inside.
 */
import type { Tensor } from './network/program.ts'
import type { Mask } from './person-mask.ts'
import { apartSettings as settings } from './weights.ts'

/** How unlike the photo's edge every part is, the most unlike 255; from a look at the photo and one at its mirror image. */
export function findApart(straight: Tensor, mirrored: Tensor): Mask {
  const features = meanFeatures(straight, mirrored)
  const { width, height } = straight
  const edge = features.filter((_, cell) => isEdge(cell, straight))
  const distances = features.map((feature) => {
    // The nearest is left out: of cells at the edge it is the cell itself.
    const nearest = Float64Array.from(edge, (other) => distance(feature, other)).sort()
    return nearest.subarray(1, 1 + settings.nearest).reduce((sum, each) => sum + each, 0)
  })
  const least = Math.min(...distances)
  const range = Math.max(...distances) - least
  const data = Uint8Array.from(distances, (each) => (range > 0 ? Math.round(((each - least) * 255) / range) : 0))
  return refine({ width, height, data })
}

/** The features of every cell; what the mirror image shows lies on the other side. */
function meanFeatures(straight: Tensor, mirrored: Tensor): Float64Array[] {
  const { width, height, channels, stride } = straight
  return Array.from({ length: width * height }, (_, cell) => {
    const back = cell + width - 1 - 2 * (cell % width)
    return Float64Array.from({ length: channels }, (_, channel) => {
      return (straight.values[cell * stride + channel] ?? 0) + (mirrored.values[back * stride + channel] ?? 0)
    })
  })
}

function isEdge(cell: number, { width, height }: Tensor): boolean {
  const x = cell % width
  const y = (cell - x) / width
  return x === 0 || y === 0 || x === width - 1 || y === height - 1
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let channel = 0; channel < a.length; channel++) {
    const difference = (a[channel] ?? 0) - (b[channel] ?? 0)
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
