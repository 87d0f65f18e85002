/** Pictures as browsers show them on an ordinary screen. */
import sharp from 'sharp'
import type { Pixels } from './similarity.ts'

/** Decodes a picture to sRGB, its profile respected. */
export async function decode(picture: string | Buffer): Promise<Pixels> {
  return toPixels(sharp(picture))
}

/** The photo scaled to a size without any loss but that of scaling: what an output is measured against. */
export async function decodeReference(photo: string, size: { width: number; height: number }): Promise<Pixels> {
  const { width, height } = size
  return toPixels(sharp(photo).autoOrient().resize({ width, height, fit: 'fill' }))
}

async function toPixels(pipeline: sharp.Sharp): Promise<Pixels> {
  const { data, info } = await pipeline
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}
