/** Draws a variant straight from the photo's bytes, where decoded pixels in between would lose something. */
import type { Sharp } from 'sharp'
import { loadSharp } from '../source/load-sharp.ts'
import type { Size, Variant } from '../types.ts'
import type { Copyright } from './copyright.ts'
import { openPhoto, photoOptions } from './decode.ts'
import { encodeVariant } from './encode-variant.ts'
import { decodeBytes } from './memory.ts'
import type { RenderContext } from './render-context.ts'
import { orDecodeError } from './render-errors.ts'

// Present since sharp 0.35.0, absent from its types.
declare module 'sharp' {
  interface Sharp {
    keepGainMap(): Sharp
  }
}

/**
 * Animations keep all frames, their delays and loops. A gain map is cropped and scaled with its photo, which sharp does only when the photo itself
 * is its input; of the JPEG settings only quality then counts.
 */
export async function renderDirect(
  photo: Buffer,
  size: Size,
  variant: Variant,
  copyright: Copyright,
  context: RenderContext,
): Promise<void> {
  const { rect, width, height, frames, colour } = variant
  const open = async (): Promise<Sharp> => {
    const pipeline =
      frames > 1 ? await openFrames(photo, variant, context.pixels) : await openPhoto(photo, variant, context.pixels)
    if (frames === 1) pipeline.keepGainMap()
    if (colour === 'keep-profile') pipeline.keepIccProfile()
    return pipeline.extract(rect).resize({ width, height, fit: 'fill' })
  }
  const film = { width: size.width, height: size.height * frames }
  const bytes = decodeBytes(film, variant)
  await encodeVariant(variant, { open, orError: orDecodeError, bytes }, copyright, context)
}

/** Not turned upright: frames cannot be rotated, and the probe measured them as they are. */
async function openFrames(photo: Buffer, variant: Variant, pixels: number): Promise<Sharp> {
  const sharp = await loadSharp()
  return sharp(photo, { ...photoOptions(variant, pixels), animated: true })
}
