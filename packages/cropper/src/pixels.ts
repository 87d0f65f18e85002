/** Opens a photo once, at the size that a screen can show; everything else is drawn from that copy. */
import type { RgbRaster } from '@hero-image/core'
import { shrinkInWorker } from './shrink.ts'
import type { CropperPhoto } from './types.ts'

/** Long side of the copy, px: enough for a stage of 1000 px at density 2, and 12 MB instead of a hundred. */
const longSide = 2048

/** Long side of the raster that tells how bright it is under a headline, px; as in the build. */
const rasterSide = 32

/** Reads and decodes a photo away from the main thread. @throws when it cannot be read or decoded */
export async function openPhoto(photo: CropperPhoto, signal: AbortSignal): Promise<ImageBitmap> {
  const scale = Math.min(1, longSide / Math.max(photo.width, photo.height))
  const options: ImageBitmapOptions = {
    resizeWidth: Math.max(1, Math.round(photo.width * scale)),
    resizeHeight: Math.max(1, Math.round(photo.height * scale)),
    resizeQuality: 'medium',
  }
  const blob = await fetch(photo.src, { signal })
    .then((response) => (response.ok ? response.blob() : undefined))
    .catch(() => undefined)
  signal.throwIfAborted()
  if (blob === undefined) return createImageBitmap(await loadImage(photo.src), options)
  return shrinkInWorker(blob, options).catch(() => createImageBitmap(blob, options))
}

/** For pages whose policy forbids fetching, and for photos of other origins. */
async function loadImage(src: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = src
  await image.decode()
  return image
}

/** A small raster of an opened photo; `undefined` where the browser hides pixels of other origins. */
export function toRaster(bitmap: ImageBitmap): RgbRaster | undefined {
  const scale = Math.min(1, rasterSide / Math.max(bitmap.width, bitmap.height))
  const width = Math.max(1, Math.round(bitmap.width * scale))
  const height = Math.max(1, Math.round(bitmap.height * scale))
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (context === null) return undefined
  context.drawImage(bitmap, 0, 0, width, height)
  try {
    const { data } = context.getImageData(0, 0, width, height)
    return {
      width,
      height,
      data: Uint8Array.from({ length: width * height * 3 }, (_, at) => data[Math.floor(at / 3) * 4 + (at % 3)] ?? 0),
    }
  } catch {
    return undefined
  }
}
