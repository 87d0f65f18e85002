/** Decodes a photo small, upright, in sRGB, white under transparency: as the engine does before it looks for a subject. */
import type { RgbRaster, Size } from '@hero-image/core'
import sharp, { type Sharp } from 'sharp'

const side = 512
const previewSide = 32

/** A photo as placement sees it. */
export interface SmallPhoto {
  /** Size of the upright photo, px. */
  readonly size: Size
  readonly raster: RgbRaster
  readonly preview: RgbRaster
}

/** Reads a photo of any size. */
export async function readSmall(file: string): Promise<SmallPhoto> {
  const { autoOrient } = await sharp(file).metadata()
  const raster = await toRaster(
    sharp(file)
      .autoOrient()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' }),
  )
  const { width, height, data } = raster
  const shrunk = sharp(data, { raw: { width, height, channels: 3 } })
  const preview = await toRaster(
    shrunk.resize({ width: previewSide, height: previewSide, fit: 'inside', withoutEnlargement: true }),
  )
  return { size: { width: autoOrient.width, height: autoOrient.height }, raster, preview }
}

async function toRaster(pipeline: Sharp): Promise<RgbRaster> {
  const { data, info } = await pipeline.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}
