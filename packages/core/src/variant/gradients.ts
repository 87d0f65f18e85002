// The blurred preview as a stack of CSS gradients: where they lie, how they mix, and which colours come nearest to a
// photo.
import type { Rgb } from './colour.ts'

/** The side of the square grid on which a crop is compared with its preview. */
export const gridSide = 16

/** One gradient that fades linearly to nothing at `reach` of CSS's default radius (the farthest corner). */
interface Blob {
  readonly x: number
  readonly y: number
  readonly reach: number
  /** CSS position, empty for the middle. */
  readonly at: string
}

/**
 * Six gradients on a 3 × 2 grid, topmost first, and a wide one under them in the middle, where the subject often is.
 *
 * Corners and edge middles keep the CSS short. On twelve crops of six photos the root mean square error against a soft
 * blur is 16 of 255 (the dominant colour alone: 38, two rows: 27); reaches of 45 to 60 % are within 1 of each other, and
 * two more gradients would gain less than 2.
 */
const blobs: readonly Blob[] = [
  { x: 0, y: 0, reach: 0.55, at: ' 0 0' },
  { x: 1, y: 0, reach: 0.55, at: ' 100% 0' },
  { x: 0, y: 1, reach: 0.55, at: ' 0 100%' },
  { x: 1, y: 1, reach: 0.55, at: ' 100% 100%' },
  { x: 0.5, y: 0, reach: 0.55, at: ' top' },
  { x: 0.5, y: 1, reach: 0.55, at: ' bottom' },
  { x: 0.5, y: 0.5, reach: 0.7, at: '' },
]

/** The value of `background-image` for one colour per gradient, each any CSS colour. */
export function toGradients(colours: readonly string[]): string {
  return blobs
    .map(({ at, reach }, index) => {
      const place = at === '' ? '' : `at${at},`
      return `radial-gradient(${place}${colours[index] ?? '#0000'},#0000 ${Math.round(reach * 100)}%)`
    })
    .join()
}

/**
 * The colour of each gradient so that the whole stack over `base` comes nearest to a picture.
 *
 * Browsers mix the layers in sRGB, so every pixel is a weighted sum of the colours: ordinary least squares, held a
 * little towards each gradient's own surroundings so that no colour runs off where its neighbours cover it.
 *
 * @param picture colours on the grid, row by row
 */
export function fitColours(picture: readonly Rgb[], base: Rgb): Rgb[] {
  const reds = fitChannel(
    picture.map(([red]) => red),
    base[0],
  )
  const greens = fitChannel(
    picture.map(([, green]) => green),
    base[1],
  )
  const blues = fitChannel(
    picture.map(([, , blue]) => blue),
    base[2],
  )
  return reds.map((red, index) => [red, greens[index] ?? 0, blues[index] ?? 0])
}

/** What the picture is compared with; the same for all pictures. */
interface Stack {
  /** How much of each gradient, and last of the base, is seen at every point of the grid. */
  readonly weights: readonly (readonly number[])[]
  /** The same by gradient. */
  readonly columns: readonly (readonly number[])[]
  readonly overlaps: readonly (readonly number[])[]
}

let stack: Stack | undefined

/** On first use: a build that finds its plans in the store fits nothing, and would pay a fortieth of its time for this. */
function toStack(): Stack {
  const weights = Array.from({ length: gridSide ** 2 }, (_, index) =>
    weightsAt(((index % gridSide) + 0.5) / gridSide, (Math.floor(index / gridSide) + 0.5) / gridSide),
  )
  const columns = blobs.map((_, column) => weights.map((row) => row[column] ?? 0))
  return { weights, columns, overlaps: columns.map((a) => columns.map((b) => dot(a, b))) }
}

function weightsAt(x: number, y: number): readonly number[] {
  let open = 1
  const seen = blobs.map((blob) => {
    const share = open * alphaAt(blob, x, y)
    open -= share
    return share
  })
  return [...seen, open]
}

/** CSS Images 3: an ellipse to the farthest corner is √2 times as wide and high as one to the farthest sides. */
function alphaAt(blob: Blob, x: number, y: number): number {
  const radiusX = Math.max(blob.x, 1 - blob.x) * Math.SQRT2 * blob.reach
  const radiusY = Math.max(blob.y, 1 - blob.y) * Math.SQRT2 * blob.reach
  return Math.max(0, 1 - Math.hypot((x - blob.x) / radiusX, (y - blob.y) / radiusY))
}

/**
 * How strongly a colour is held to its surroundings, in grid points: below 2 hues run off (cyan in a blue sky), above 8
 * the preview goes flat.
 */
const hold = 5

/** Enough for every colour to settle within half a step of 255. */
const rounds = 40

/** Gauss–Seidel with every value kept within 0..255: clipping afterwards would shift hues. */
function fitChannel(values: readonly number[], base: number): number[] {
  stack ??= toStack()
  const { weights, columns, overlaps } = stack
  const rest = values.map((value, index) => value - base * (weights[index]?.at(-1) ?? 0))
  const wanted = columns.map((column) => dot(column, rest))
  const nearby = columns.map((column) => dot(column, values) / sum(column))
  const fitted = [...nearby]
  for (let round = 0; round < rounds; round++) {
    for (const [index, row] of overlaps.entries()) {
      const own = row[index] ?? 0
      const others = dot(row, fitted) - own * (fitted[index] ?? 0)
      const best = ((wanted[index] ?? 0) - others + hold * (nearby[index] ?? 0)) / (own + hold)
      fitted[index] = Math.min(255, Math.max(0, best))
    }
  }
  return fitted
}

/** Over the length of `a`. A plain loop: this is most of the work of planning, and runs before any compiler has warmed up. */
function dot(a: readonly number[], b: readonly number[]): number {
  let total = 0
  for (let index = 0; index < a.length; index++) total += (a[index] ?? 0) * (b[index] ?? 0)
  return total
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
