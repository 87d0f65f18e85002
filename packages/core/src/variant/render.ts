/** Draws the variants of one photo. */
import type { Metadata } from 'sharp'
import { HeroError } from '../errors.ts'
import { loadSharp } from '../source/load-sharp.ts'
import type { Size, Variant } from '../types.ts'
import { readCopyright } from './copyright.ts'
import type { RenderContext } from './render-context.ts'
import { renderDirect } from './render-direct.ts'
import { orDecodeError } from './render-errors.ts'
import { renderStills } from './render-stills.ts'
import { settle } from './settle.ts'

export type { RenderContext } from './render-context.ts'

/**
 * Draws all variants, which must be of one source: SVG passes through, animations and photos with a gain map are drawn each from the file, all else
 * from the decodes they share. The bytes of a variant do not depend on the others.
 *
 * @param photo Bytes of the source.
 * @throws HeroError the first failure, after everything that was running has ended: `HERO_SOURCE_TRUNCATED`, `HERO_SOURCE_BROKEN`,
 * `HERO_SOURCE_TOO_LARGE`, `HERO_SOURCE_CHANGED` when a crop lies outside the photo, `HERO_RENDER_FAILED`; or what `run` and `deliver` throw.
 */
export async function renderVariants(
  photo: Buffer,
  variants: readonly Variant[],
  context: RenderContext,
): Promise<void> {
  const vectors = variants.filter(({ format }) => format === 'svg')
  await settle(vectors.map((variant) => context.deliver(variant, photo, 0)))
  const rasters = variants.filter(({ format }) => format !== 'svg')
  if (rasters.length === 0) return
  const metadata = await orDecodeError(context.file, readMetadata(photo))
  const size = measure(metadata, rasters, context.file)
  const copyright = readCopyright(metadata.exif)
  const isDirect = ({ frames, gainMap }: Variant): boolean => frames > 1 || gainMap
  await settle(rasters.filter(isDirect).map((variant) => renderDirect(photo, size, variant, copyright, context)))
  await renderStills(
    photo,
    size,
    rasters.filter((variant) => !isDirect(variant)),
    copyright,
    context,
  )
}

async function readMetadata(photo: Buffer): Promise<Metadata> {
  const sharp = await loadSharp()
  return sharp(photo, { failOn: 'none', limitInputPixels: false }).metadata()
}

/** Size in which the crops are meant; they must lie inside, or the plan is of another photo. */
function measure(metadata: Metadata, variants: readonly Variant[], file: string): Size {
  const isAnimated = variants.some(({ frames }) => frames > 1)
  const { width, height } = isAnimated ? metadata : metadata.autoOrient
  const stray = variants.find(({ rect }) => rect.left + rect.width > width || rect.top + rect.height > height)
  if (stray === undefined) return { width, height }
  const { rect } = stray
  const reason = `The crop ${rect.width} × ${rect.height} at ${rect.left}, ${rect.top} lies outside the photo of ${width} × ${height}.`
  throw new HeroError('HERO_SOURCE_CHANGED', reason, { file })
}
