/** The small raster of the photo, as the host has it. */
import type { Analysis, RgbRaster } from '@hero-image/core'

/** A raster of bytes, or the preview of a stored analysis, whose bytes are base64. */
export type CropperPreview = RgbRaster | Analysis['preview']

/** The raster with its bytes. */
export function toBytes({ width, height, data }: CropperPreview): RgbRaster {
  return {
    width,
    height,
    data: typeof data === 'string' ? Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)) : data,
  }
}
