/**
 * Boolean Map Saliency (J. Zhang and S. Sclaroff, "Saliency Detection: A Boolean Map Approach", ICCV 2013): what is surrounded stands out. The photo is
 * cut at many levels of brightness and colour; whatever hangs together on one side of a cut without touching the photo's edge counts, small regions more.
 */
import type { RgbRaster } from '../types.ts'
import type { Kernels } from './network/kernels.ts'

/** How salient every pixel is, any scale, ≥ 0. Mirrors exactly with the raster. */
export type BooleanMaps = (raster: RgbRaster) => Float64Array

/** Prepares the memory for rasters of at most `side` px. */
export function createBooleanMaps(kernels: Kernels, side: number, levels: number): BooleanMaps {
  const pixels = side * side
  const channel = kernels.reserve(pixels)
  const framed = kernels.reserve((side + 2) * (side + 2))
  const stack = kernels.reserve(4 * pixels)
  const sums = kernels.reserve(8 * pixels)
  return (raster) => {
    const { width, height } = raster
    kernels.bytes(framed, (width + 2) * (height + 2)).fill(0)
    kernels.bytes(sums, 8 * width * height).fill(0)
    for (const values of opponentChannels(raster)) {
      kernels.bytes(channel, values.length).set(values)
      for (let index = 0; index < levels; index++) {
        const level = Math.round(((index + 0.5) * 255) / levels)
        kernels.run('cut', channel, framed, stack, sums, width, height, level)
      }
    }
    return new Float64Array(kernels.bytes(sums, 8 * width * height).slice().buffer)
  }
}

/** Brightness, red against green, blue against yellow, each stretched over 0..255: contrast counts, exposure does not. */
function opponentChannels({ width, height, data }: RgbRaster): Uint8Array[] {
  const pixels = width * height
  const channels = [new Int16Array(pixels), new Int16Array(pixels), new Int16Array(pixels)] as const
  for (let pixel = 0; pixel < pixels; pixel++) {
    const red = data[3 * pixel] ?? 0
    const green = data[3 * pixel + 1] ?? 0
    const blue = data[3 * pixel + 2] ?? 0
    channels[0][pixel] = 2 * red + 4 * green + blue
    channels[1][pixel] = red - green
    channels[2][pixel] = 2 * blue - red - green
  }
  return channels.map(stretch)
}

function stretch(values: Int16Array): Uint8Array {
  let [low, high] = [32_767, -32_768]
  for (let pixel = 0; pixel < values.length; pixel++) {
    const value = values[pixel] ?? 0
    if (value < low) low = value
    if (value > high) high = value
  }
  const bytes = new Uint8Array(values.length)
  for (let pixel = 0; pixel < bytes.length; pixel++) {
    bytes[pixel] = Math.round((((values[pixel] ?? 0) - low) * 255) / Math.max(1, high - low))
  }
  return bytes
}
