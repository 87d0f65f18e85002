/** Shrinks rasters by averaging areas in whole numbers: a mirrored raster shrinks to the mirrored result, bit for bit. */
import type { RgbRaster, Size } from '../types.ts'

/** The areas that the pixels of a new side cover of an old one. */
interface Areas {
  /** For every new pixel: the first old pixel under it. */
  readonly firsts: Int32Array
  /** For every new pixel: where its shares begin; one more for the end. */
  readonly starts: Int32Array
  /** How much of each old pixel lies there, in parts of the old side. */
  readonly shares: Int32Array
}

function areasOf(from: number, to: number): Areas {
  const firsts = new Int32Array(to)
  const starts = new Int32Array(to + 1)
  const shares = new Int32Array(to + from)
  let count = 0
  for (let index = 0; index < to; index++) {
    // One old pixel is `to` long and a new one `from`, so that every edge is a whole number.
    const start = index * from
    const end = start + from
    const first = Math.floor(start / to)
    const last = Math.ceil(end / to)
    firsts[index] = first
    for (let old = first; old < last; old++) {
      shares[count] = Math.min(end, (old + 1) * to) - Math.max(start, old * to)
      count += 1
    }
    starts[index + 1] = count
  }
  return { firsts, starts, shares }
}

/** The raster at another size, each pixel the mean of the area that it covers. Only the mean of whole rows and columns: sizes up to 1024 px. */
export function resample(raster: RgbRaster, size: Size): RgbRaster {
  return { width: size.width, height: size.height, data: resampleBytes(raster, size, 3) }
}

/** The same for any number of bytes per pixel; the very same bytes when nothing changes. */
export function resampleBytes(
  raster: Size & { readonly data: Uint8Array },
  { width, height }: Size,
  channels: number,
): Uint8Array {
  if (raster.width === width && raster.height === height) return raster.data
  const narrow = sumRows(raster, areasOf(raster.width, width), width, channels)
  const data = new Uint8Array(width * height * channels)
  const stride = width * channels
  const whole = raster.width * raster.height
  const half = Math.floor(whole / 2)
  const { firsts, starts, shares } = areasOf(raster.height, height)
  const sums = new Int32Array(stride)
  for (let y = 0; y < height; y++) {
    sums.fill(half)
    const start = starts[y] ?? 0
    const end = starts[y + 1] ?? 0
    let row = (firsts[y] ?? 0) * stride
    for (let at = start; at < end; at++) {
      const share = shares[at] ?? 0
      for (let x = 0; x < stride; x++) sums[x] = (sums[x] ?? 0) + share * (narrow[row + x] ?? 0)
      row += stride
    }
    for (let x = 0; x < stride; x++) data[y * stride + x] = Math.floor((sums[x] ?? 0) / whole)
  }
  return data
}

/** Sums along every row; not divided yet, so that nothing is rounded twice. */
function sumRows(
  { width, height, data }: Size & { readonly data: Uint8Array },
  { firsts, starts, shares }: Areas,
  columns: number,
  channels: number,
): Int32Array {
  const sums = new Int32Array(columns * height * channels)
  let to = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < columns; x++) {
      const start = starts[x] ?? 0
      const end = starts[x + 1] ?? 0
      const first = (y * width + (firsts[x] ?? 0)) * channels
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0
        let from = first + channel
        for (let at = start; at < end; at++) {
          sum += (shares[at] ?? 0) * (data[from] ?? 0)
          from += channels
        }
        sums[to] = sum
        to += 1
      }
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
