/**
 * Boolean Map Saliency (J. Zhang and S. Sclaroff, "Saliency Detection: A Boolean Map Approach", ICCV 2013): what is surrounded stands out. The photo is
 * cut at many levels of brightness and colour; whatever hangs together on one side of a cut without touching the photo's edge counts, small regions more.
 */
import type { RgbRaster } from '../types.ts'

/** How salient every pixel is, any scale, ≥ 0. Mirrors exactly with the raster. */
export function booleanMapSaliency(raster: RgbRaster, levels: number): Float64Array {
  const { width, height } = raster
  const sum = new Float64Array(width * height)
  const surrounded = createSurroundedFinder(width, height)
  for (const channel of opponentChannels(raster)) {
    for (const level of levelsOf(channel, levels)) addMaps(sum, surrounded(channel, level))
  }
  return sum
}

/** Pixels that are cut off from the edge: 1 above the level, 2 below it, 0 for all others. */
type SurroundedFinder = (channel: Uint8Array, level: number) => Uint8Array

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
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return Uint8Array.from(values, (value) => Math.round(((value - low) * 255) / Math.max(1, high - low)))
}

/** Levels between the darkest and the brightest value, evenly spread. */
function levelsOf(_channel: Uint8Array, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.round(((index + 0.5) * 255) / count))
}

/** Both maps of one cut, each with the same total energy, so that a small region counts as much as a large one. */
function addMaps(sum: Float64Array, maps: Uint8Array): void {
  const counts = [0, 0, 0]
  for (const map of maps) counts[map] = (counts[map] ?? 0) + 1
  const [, above = 0, below = 0] = counts
  if (above + below === 0) return
  const shares = [0, above === 0 ? 0 : 1 / Math.sqrt(above), below === 0 ? 0 : 1 / Math.sqrt(below)]
  for (let pixel = 0; pixel < sum.length; pixel++) {
    const map = maps[pixel] ?? 0
    if (map !== 0) sum[pixel] = (sum[pixel] ?? 0) + (shares[map] ?? 0)
  }
}

function createSurroundedFinder(width: number, height: number): SurroundedFinder {
  const maps = new Uint8Array(width * height)
  const queue = new Int32Array(width * height)
  return (channel, level) => {
    for (let pixel = 0; pixel < maps.length; pixel++) maps[pixel] = (channel[pixel] ?? 0) >= level ? 1 : 2
    let length = 0
    // Clearing a pixel takes its side away, so the side is handed on.
    const visit = (pixel: number, side: number): void => {
      if (maps[pixel] !== side) return
      maps[pixel] = 0
      queue[length++] = pixel * 2 + side - 1
    }
    const visitEdge = (pixel: number): void => visit(pixel, maps[pixel] || 3)
    for (let x = 0; x < width; x++) {
      visitEdge(x)
      visitEdge((height - 1) * width + x)
    }
    for (let y = 0; y < height; y++) {
      visitEdge(y * width)
      visitEdge(y * width + width - 1)
    }
    for (let next = 0; next < length; next++) {
      const entry = queue[next] ?? 0
      const side = (entry & 1) + 1
      const pixel = entry >> 1
      const x = pixel % width
      if (x > 0) visit(pixel - 1, side)
      if (x < width - 1) visit(pixel + 1, side)
      if (pixel >= width) visit(pixel - width, side)
      if (pixel < width * (height - 1)) visit(pixel + width, side)
    }
    return maps
  }
}
