/** The one decode that all variants of a photo share. */
import type { Sharp, SharpOptions } from 'sharp'
import { loadSharp } from '../source/load-sharp.ts'
import { needsSrgb } from '../source/profile.ts'
import type { Rect, Size, Variant } from '../types.ts'
import { type Raster, toRaster } from './raster.ts'

/** Above this share of the photo's own size it is decoded as it is: scaling twice would cost sharpness and save little memory. */
const worthScaling = 0.75

/** What is decoded: the upright photo at `size`, and of that only `region`. */
export interface CanvasPlan {
  readonly size: Size
  readonly region: Rect
}

/** Decoded pixels of the photo that cover all its crops. */
export interface Canvas extends CanvasPlan {
  readonly photo: Size
  readonly raster: Raster
}

/**
 * Plans the smallest canvas that gives every crop all the pixels it needs.
 *
 * @param photo Upright size of the source.
 */
export function planCanvas(photo: Size, variants: readonly Variant[]): CanvasPlan {
  const scale = Math.max(...variants.map(({ width, rect }) => width / rect.width))
  const size =
    scale > worthScaling ? photo : { width: Math.ceil(photo.width * scale), height: Math.ceil(photo.height * scale) }
  const rects = variants.map(({ rect }) => scaleRect(rect, photo, size))
  const left = Math.min(...rects.map((rect) => rect.left))
  const top = Math.min(...rects.map((rect) => rect.top))
  const right = Math.max(...rects.map((rect) => rect.left + rect.width))
  const bottom = Math.max(...rects.map((rect) => rect.top + rect.height))
  return { size, region: { left, top, width: right - left, height: bottom - top } }
}

/**
 * Where a crop lies on the canvas' raster.
 *
 * @param target Size it will get: when the crop is within a pixel of it, exactly that size is cut, so that nothing is resampled twice.
 */
export function placeOnCanvas({ photo, size, region }: Omit<Canvas, 'raster'>, rect: Rect, target: Size): Rect {
  const scaled = scaleRect(rect, photo, size)
  const isNear = Math.abs(scaled.width - target.width) <= 1 && Math.abs(scaled.height - target.height) <= 1
  const width = Math.min(isNear ? target.width : scaled.width, region.width)
  const height = Math.min(isNear ? target.height : scaled.height, region.height)
  const left = Math.min(scaled.left - region.left, region.width - width)
  const top = Math.min(scaled.top - region.top, region.height - height)
  return { left, top, width, height }
}

/** Decodes the photo upright, in the variants' colours, as planned. JPEG and WebP shrink while loading where the scale allows. */
export async function decodeCanvas(
  photo: Buffer,
  size: Size,
  plan: CanvasPlan,
  like: Variant,
  pixels: number,
): Promise<Canvas> {
  const pipeline = await openPhoto(photo, like, pixels)
  const isScaled = plan.size.width !== size.width || plan.size.height !== size.height
  if (isScaled) pipeline.resize({ width: plan.size.width, height: plan.size.height, fit: 'fill' })
  const isPart = plan.region.width !== plan.size.width || plan.region.height !== plan.size.height
  if (isPart) pipeline.extract(plan.region)
  return { ...plan, photo: size, raster: await toRaster(pipeline, like) }
}

/** A pipeline over the upright photo in the variant's colours. */
export async function openPhoto(photo: Buffer, like: Variant, pixels: number): Promise<Sharp> {
  const sharp = await loadSharp()
  const pipeline = sharp(photo, photoOptions(like, pixels)).autoOrient()
  if (like.colour === 'convert-srgb' && needsSrgb(like)) pipeline.withIccProfile('srgb', { attach: false })
  return pipeline
}

/** How sharp reads the photo for a variant. */
export function photoOptions({ colour, allowTruncated }: Variant, pixels: number): SharpOptions {
  return { failOn: allowTruncated ? 'none' : 'error', limitInputPixels: pixels, ignoreIcc: colour !== 'convert-srgb' }
}

function scaleRect(rect: Rect, from: Size, to: Size): Rect {
  const width = Math.max(1, Math.min(to.width, Math.round((rect.width * to.width) / from.width)))
  const height = Math.max(1, Math.min(to.height, Math.round((rect.height * to.height) / from.height)))
  const left = Math.min(to.width - width, Math.round((rect.left * to.width) / from.width))
  const top = Math.min(to.height - height, Math.round((rect.top * to.height) / from.height))
  return { left, top, width, height }
}
