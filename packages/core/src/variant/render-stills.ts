/** Draws all still variants of a photo from one decode. */
import type { Sharp } from 'sharp'
import { HeroError } from '../errors.ts'
import { loadSharp } from '../source/load-sharp.ts'
import type { Size, Variant } from '../types.ts'
import type { Copyright } from './copyright.ts'
import { type Canvas, decodeCanvas, placeOnCanvas, planCanvas } from './decode.ts'
import { encodeVariant } from './encode-variant.ts'
import { canvasBytes, decodeBytes, resizeBytes } from './memory.ts'
import { type Raster, resizeRaster } from './raster.ts'
import type { RenderContext } from './render-context.ts'
import { orDecodeError, orRenderError } from './render-errors.ts'
import { settle } from './settle.ts'

/**
 * One canvas covers all crops; each crop is cut from it at its largest width; each smaller width is scaled from that, once for all its formats.
 * Crops follow one another, so that only one crop's pixels are held besides the canvas.
 */
export async function renderStills(
  photo: Buffer,
  size: Size,
  variants: readonly Variant[],
  copyright: Copyright,
  context: RenderContext,
): Promise<void> {
  const crops = groupBy(variants, ({ rect }) => [rect.left, rect.top, rect.width, rect.height].join())
  const like = crops[0]?.[0]
  if (like === undefined) return
  const { file, pixels, run } = context
  const plan = planCanvas(size, variants)
  const decode = (): Promise<Canvas> => orDecodeError(file, decodeCanvas(photo, size, plan, like, pixels))
  let canvas: Canvas | undefined = await run(decode, decodeBytes(size, like) + canvasBytes(plan, like))
  for (const [index, crop] of crops.entries()) {
    const raster = await cutCrop(canvas, crop, context)
    // The canvas is the largest thing held: let go of it before the last crop is encoded.
    if (index === crops.length - 1) canvas = undefined
    await renderCrop(raster, crop, copyright, context)
  }
}

/** The crop at its largest width. */
async function cutCrop(
  canvas: Canvas | undefined,
  crop: readonly Variant[],
  { file, run }: RenderContext,
): Promise<Raster> {
  const [widest] = [...crop].sort((a, b) => b.width - a.width)
  if (canvas === undefined || widest === undefined)
    throw new HeroError('HERO_RENDER_FAILED', 'The canvas is gone.', { file })
  const { raster } = canvas
  const place = placeOnCanvas(canvas, widest.rect, widest)
  return run(() => orRenderError(file, resizeRaster(raster, place, widest, widest)), resizeBytes(place, widest, widest))
}

/** All widths of a crop from the raster of its largest one, the largest first, so that no long encode is left to run alone at the end. */
async function renderCrop(
  raster: Raster,
  crop: readonly Variant[],
  copyright: Copyright,
  context: RenderContext,
): Promise<void> {
  const { file, run } = context
  const whole = { left: 0, top: 0, width: raster.width, height: raster.height }
  const sizes = groupBy(crop, ({ width, height }) => `${width}x${height}`).sort(
    ([a], [b]) => (b?.width ?? 0) - (a?.width ?? 0),
  )
  await settle(
    sizes.map(async (formats) => {
      const [like] = formats
      if (like === undefined) return
      const isSame = like.width === raster.width && like.height === raster.height
      const scale = (): Promise<Raster> => orRenderError(file, resizeRaster(raster, whole, like, like))
      const sized = isSame ? raster : await run(scale, resizeBytes(raster, like, like))
      await settle(formats.map((variant) => encodeRaster(sized, variant, copyright, context)))
    }),
  )
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

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return [...groups.values()]
}
