/** Estimates of the bytes that a pipeline holds while it runs, its input included. Pure. */
import type { Size, Variant } from '../types.ts'
import type { CanvasPlan } from './decode.ts'

/** Bytes of a decoded pixel: four channels, since alpha is not worth a finer estimate. */
function pixelBytes({ depth }: Pick<Variant, 'depth'>): number {
  return depth === 16 ? 8 : 4
}

/** Decoding: the whole photo once, since progressive, interlaced and rotated files cannot be read in strips. */
export function decodeBytes(photo: Size, like: Variant): number {
  return area(photo) * pixelBytes(like)
}

/** The decoded part of the photo that covers all crops. */
export function canvasBytes({ region }: CanvasPlan, like: Variant): number {
  return area(region) * pixelBytes(like)
}

/** Scaling: the raster it reads and the one it makes. */
export function resizeBytes(from: Size, to: Size, like: Variant): number {
  return (area(from) + area(to)) * pixelBytes(like)
}

/** Bytes an encoder with one thread holds per pixel besides its input, measured at 1280 and 1920 px; AVIF needs as much at any effort. */
const encoderBytes: Readonly<Record<Variant['format'], number>> = {
  avif: 30,
  webp: 6,
  jpeg: 8,
  png: 4,
  gif: 32,
  svg: 0,
}

/** Encoding: the raster and what the encoder needs, for all frames. */
export function encodeBytes(variant: Variant): number {
  return area(variant) * variant.frames * (pixelBytes(variant) + encoderBytes[variant.format])
}

function area({ width, height }: Size): number {
  return width * height
}
