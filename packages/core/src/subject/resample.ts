/** Shrinks rasters by averaging areas in whole numbers: a mirrored raster shrinks to the mirrored result, bit for bit. */
import type { RgbRaster, Size } from '../types.ts'

/** For every pixel of the new side: the first old pixel under it, and how much of it and of its followers lies there, in parts of `from`. */
function areasOf(from: number, to: number): { first: number; shares: readonly number[] }[] {
  return Array.from({ length: to }, (_, index) => {
    // One old pixel is `to` long and a new one `from`, so that every edge is a whole number.
    const start = index * from
    const end = start + from
    const first = Math.floor(start / to)
    const last = Math.ceil(end / to)
    const shares = Array.from({ length: last - first }, (_, offset) => {
      const left = (first + offset) * to
      return Math.min(end, left + to) - Math.max(start, left)
    })
    return { first, shares }
  })
}

/** The raster at another size, each pixel the mean of the area that it covers. Only the mean of whole rows and columns: sizes up to 1024 px. */
export function resample(raster: RgbRaster, { width, height }: Size): RgbRaster {
  if (raster.width === width && raster.height === height) return raster
  const narrow = resampleRows(raster, areasOf(raster.width, width))
  const data = new Uint8Array(width * height * 3)
  const stride = width * 3
  const whole = raster.width * raster.height
  const sums = new Uint32Array(stride)
  areasOf(raster.height, height).forEach(({ first, shares }, y) => {
    sums.fill(Math.floor(whole / 2))
    shares.forEach((share, offset) => {
      const row = (first + offset) * stride
      for (let x = 0; x < stride; x++) sums[x] = (sums[x] ?? 0) + share * (narrow[row + x] ?? 0)
    })
    for (let x = 0; x < stride; x++) data[y * stride + x] = Math.floor((sums[x] ?? 0) / whole)
  })
  return { width, height, data }
}

/** Sums along every row; not divided yet, so that nothing is rounded twice. */
function resampleRows({ width, height, data }: RgbRaster, areas: ReturnType<typeof areasOf>): Uint32Array {
  const sums = new Uint32Array(areas.length * height * 3)
  let at = 0
  for (let y = 0; y < height; y++) {
    for (const { first, shares } of areas) {
      let red = 0
      let green = 0
      let blue = 0
      let from = (y * width + first) * 3
      for (const share of shares) {
        red += share * (data[from] ?? 0)
        green += share * (data[from + 1] ?? 0)
        blue += share * (data[from + 2] ?? 0)
        from += 3
      }
      sums[at] = red
      sums[at + 1] = green
      sums[at + 2] = blue
      at += 3
    }
  }
  return sums
}

/** The largest size of these proportions inside a square, both sides even so that margins are equal on both sides. */
export function evenSizeInside({ width, height }: Size, side: number): Size {
  const long = Math.max(width, height)
  const even = (value: number): number => Math.max(2, 2 * Math.round((value * side) / (2 * long)))
  return { width: even(width), height: even(height) }
}
