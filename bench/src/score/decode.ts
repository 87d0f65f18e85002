/** Pictures as browsers show them on an ordinary screen. */
import sharp, { type Sharp } from 'sharp'
import type { Tool } from '../project.ts'
import type { Pixels } from './similarity.ts'

/** Decodes a picture to sRGB, its profile respected. */
export async function decode(picture: string | Buffer): Promise<Pixels> {
  return toPixels(sharp(picture))
}

/**
 * The photo scaled to a size without any loss but that of scaling: what an output is measured against.
 *
 * @param tool who made the output. Ours scales each side by itself; vite-imagetools keeps the ratio and cuts what stands over. Measured against the
 * other's reference, a quarter of a pixel at the edges would cost half of the points.
 */
export async function decodeReference(photo: string, size: Size, tool: Tool): Promise<Pixels> {
  const { width, height } = size
  return toPixels(
    sharp(photo)
      .autoOrient()
      .resize({ width, height, fit: tool === 'ours' ? 'fill' : 'cover' }),
  )
}

interface Size {
  readonly width: number
  readonly height: number
}

async function toPixels(pipeline: Sharp): Promise<Pixels> {
  const { data, info } = await pipeline.toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}
