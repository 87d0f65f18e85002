/** Draws all still variants of a photo from the decodes they share. */
import type { Sharp } from 'sharp'
import { free } from '../source/free.ts'
import { loadSharp } from '../source/load-sharp.ts'
import type { Size, Variant } from '../types.ts'
import type { Copyright } from './copyright.ts'
import { type Drawn, drawCrops } from './draw-crops.ts'
import { encodeVariant } from './encode-variant.ts'
import type { Raster } from './raster.ts'
import type { RenderContext } from './render-context.ts'
import { orRenderError } from './render-errors.ts'
import { settle } from './settle.ts'

/**
 * Each width of each crop is scaled from its canvas once for all formats. A crop is encoded as soon as it is drawn; the next but one is drawn when all of it
 * is encoded: so cores have work, and only the pixels of two crops are held besides the canvas.
 */
export async function renderStills(
  photo: Buffer,
  size: Size,
  variants: readonly Variant[],
  copyright: Copyright,
  context: RenderContext,
): Promise<void> {
  const encode = (crop: readonly Drawn[]): Promise<void> =>
    settle(
      crop.map(async ({ raster, isCanvas, variants: formats }) => {
        await settle(formats.map((one) => encodeRaster(raster, one, copyright, context)))
        if (!isCanvas) free(raster.data)
      }),
    )
  const encoding: Promise<void>[] = []
  try {
    for await (const crop of drawCrops(photo, size, variants, context)) {
      const encoded = encode(crop)
      // Whoever waits for it hears of its failure, perhaps later.
      encoded.catch(() => undefined)
      encoding.push(encoded)
      await encoding.at(-2)
    }
  } finally {
    await settle(encoding)
  }
}

async function encodeRaster(
  raster: Raster,
  variant: Variant,
  copyright: Copyright,
  context: RenderContext,
): Promise<void> {
  const sharp = await loadSharp()
  const isDeep = variant.depth === 16 && variant.format === 'avif' && variant.colour !== 'convert-srgb'
  const open = (): Sharp => {
    const pipeline = sharp(raster.data, raster.input)
    if (variant.colour === 'keep-profile') pipeline.keepIccProfile()
    return isDeep ? pipeline.toColourspace('rgb16') : pipeline
  }
  await encodeVariant(variant, { open, orError: orRenderError, bytes: 0 }, copyright, context)
}
