/** The decodes that the variants of a photo share. */
import type { Sharp, SharpOptions } from 'sharp'
import { free } from '../source/free.ts'
import { loadSharp } from '../source/load-sharp.ts'
import { needsSrgb } from '../source/profile.ts'
import type { Rect, Size, Variant } from '../types.ts'
import { type Raster, resizeRaster, toRaster } from './raster.ts'

/** What is decoded: the upright photo at `size`, and of that only `region`. */
export interface CanvasPlan {
  readonly size: Size
  readonly region: Rect
  /** Scaled from the whole photo's pixels, not while decoding. */
  readonly isShrunk: boolean
}

/** A canvas and what is drawn from it. */
export interface CanvasShare {
  readonly plan: CanvasPlan
  readonly variants: readonly Variant[]
}

/** Decoded pixels of the photo that cover the crops drawn from them. */
export interface Canvas extends CanvasPlan {
  readonly photo: Size
  readonly raster: Raster
}

/**
 * Largest photo that is always decoded whole, in px: 24 MB. JPEG decodes at half its size in about the time of the whole, so where both are wanted, that saves
 * one of two decodes. With larger ones, memory grew by more than it was worth.
 */
const mostWhole = 8_000_000

/**
 * Plans the canvases, the largest first: the photo as it is, and the photo at half its size for all that needs no more, which spares most of the scaling,
 * and of large photos most of the memory.
 *
 * Which of them a variant is drawn from, and how that is made, follows from photo and variant alone. Its bytes must not depend on what else is made with
 * it: a build that was killed goes on with what is missing, and a page in development asks for one file at a time.
 *
 * @param photo Upright size of the source.
 */
export function planCanvases(photo: Size, variants: readonly Variant[]): CanvasShare[] {
  const half = { width: Math.max(1, Math.floor(photo.width / 2)), height: Math.max(1, Math.floor(photo.height / 2)) }
  const needsWhole = ({ width, rect }: Variant): boolean => 2 * width > rect.width
  const [large, small] = [variants.filter(needsWhole), variants.filter((variant) => !needsWhole(variant))]
  const isShrunk = photo.width * photo.height <= mostWhole
  const region = isShrunk && small.length > 0 ? toWhole(photo) : coverAll(photo, large)
  const shares: CanvasShare[] = [
    { plan: { size: photo, region, isShrunk: false }, variants: large },
    // The half is kept whole: cut out of a turned photo in one pipeline, its pixels would differ a little with the place of the cut.
    { plan: { size: half, region: toWhole(half), isShrunk }, variants: small },
  ]
  return shares.filter((share) => share.variants.length > 0)
}

function toWhole({ width, height }: Size): Rect {
  return { left: 0, top: 0, width, height }
}

function coverAll(photo: Size, variants: readonly Variant[]): Rect {
  const places = variants.map((variant) => placeOnCanvas(photo, photo, variant))
  const left = Math.min(...places.map((place) => place.left))
  const top = Math.min(...places.map((place) => place.top))
  const right = Math.max(...places.map((place) => place.left + place.width))
  const bottom = Math.max(...places.map((place) => place.top + place.height))
  return { left, top, width: right - left, height: bottom - top }
}

/**
 * Where a variant's crop lies in the photo at the canvas' size. When it is within a pixel of the variant's own size, exactly that size is cut, so that
 * nothing is resampled for a pixel.
 */
export function placeOnCanvas(
  photo: Size,
  canvas: Size,
  { rect, ...target }: Pick<Variant, keyof Size | 'rect'>,
): Rect {
  const scaled = scaleRect(rect, photo, canvas)
  const isNear = Math.abs(scaled.width - target.width) <= 1 && Math.abs(scaled.height - target.height) <= 1
  const width = Math.min(isNear ? target.width : scaled.width, canvas.width)
  const height = Math.min(isNear ? target.height : scaled.height, canvas.height)
  const left = Math.min(scaled.left, canvas.width - width)
  const top = Math.min(scaled.top, canvas.height - height)
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
  if (plan.isShrunk) {
    const whole = await decodeCanvas(photo, size, { size, region: toWhole(size), isShrunk: false }, like, pixels)
    const shrunk = await shrinkCanvas(whole, plan, like)
    if (shrunk.raster !== whole.raster) free(whole.raster.data)
    return shrunk
  }
  const pipeline = await openPhoto(photo, like, pixels)
  const isScaled = plan.size.width !== size.width || plan.size.height !== size.height
  if (isScaled) pipeline.resize({ width: plan.size.width, height: plan.size.height, fit: 'fill' })
  const isPart = plan.region.width !== plan.size.width || plan.region.height !== plan.size.height
  if (isPart) pipeline.extract(plan.region)
  return { ...plan, photo: size, raster: await toRaster(pipeline, like) }
}

/** The canvas that is planned as a shrunk one, from the whole photo's pixels. */
export async function shrinkCanvas(whole: Canvas, plan: CanvasPlan, like: Variant): Promise<Canvas> {
  const { photo, raster } = whole
  return { ...plan, photo, raster: await resizeRaster(raster, toWhole(photo), plan.size, like) }
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
