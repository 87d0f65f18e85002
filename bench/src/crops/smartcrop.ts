/** smartcrop.js over sharp: its own Node edge asks for an older sharp. */
import { createRequire } from 'node:module'
import sharp, { type Sharp } from 'sharp'
import type { Crops } from './method.ts'
import { ratios, toNumber } from './ratios.ts'

interface Opened {
  readonly width: number
  readonly height: number
  readonly pixels: Sharp
}

interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

/** What smartcrop asks of a picture; its types know only the browser's canvas. */
interface NodeOptions {
  readonly width: number
  readonly height: number
  readonly imageOperations: {
    open(file: string): Promise<Opened>
    resample(picture: Opened, width: number, height: number): Promise<Opened>
    getData(picture: Opened): Promise<Pixels>
  }
}

interface NodeSmartcrop {
  crop(
    file: string,
    options: NodeOptions,
  ): Promise<{
    readonly topCrop: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  }>
}

/** A CommonJS module whose types know no Node. */
const smartcrop: NodeSmartcrop = createRequire(import.meta.url)('smartcrop')

const imageOperations: NodeOptions['imageOperations'] = {
  async open(file) {
    const { autoOrient } = await sharp(file).metadata()
    return { width: autoOrient.width, height: autoOrient.height, pixels: sharp(file).autoOrient() }
  },
  resample: async ({ pixels }, width, height) => ({
    width: Math.floor(width),
    height: Math.floor(height),
    pixels: pixels.resize(Math.floor(width), Math.floor(height), { fit: 'fill' }),
  }),
  async getData({ pixels }) {
    const { data, info } = await pixels.toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true })
    return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
  },
}

/** smartcrop's rectangles, with its defaults. */
export async function cropBySmartcrop(file: string): Promise<Crops> {
  const { autoOrient } = await sharp(file).metadata()
  const crops: Record<string, Crops[string]> = {}
  for (const key of ratios) {
    const ratio = toNumber(key)
    const { topCrop } = await smartcrop.crop(file, { width: ratio * 1000, height: 1000, imageOperations })
    // It returns whole pixels of a reduced picture: the ratio is made exact around its middle.
    const width = Math.min(autoOrient.width, autoOrient.height * ratio)
    const height = width / ratio
    const x = slide(topCrop.x + topCrop.width / 2, width, autoOrient.width)
    const y = slide(topCrop.y + topCrop.height / 2, height, autoOrient.height)
    crops[key] = {
      x: x / autoOrient.width,
      y: y / autoOrient.height,
      w: width / autoOrient.width,
      h: height / autoOrient.height,
    }
  }
  return crops
}

function slide(centre: number, part: number, whole: number): number {
  return Math.max(0, Math.min(whole - part, centre - part / 2))
}
