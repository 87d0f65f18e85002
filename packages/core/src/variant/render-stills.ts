/** Draws all still variants of a photo from the decodes they share. */
import type { Sharp } from 'sharp'
import { free } from '../source/free.ts'
import { loadSharp } from '../source/load-sharp.ts'
import type { Size, Variant } from '../types.ts'
import type { Copyright } from './copyright.ts'
import { type Canvas, decodeCanvas, placeOnCanvas, planCanvases } from './decode.ts'
import { encodeVariant } from './encode-variant.ts'
import { canvasBytes, decodeBytes, resizeBytes } from './memory.ts'
import { type Raster, resizeRaster } from './raster.ts'
import type { RenderContext } from './render-context.ts'
import { orDecodeError, orRenderError } from './render-errors.ts'
import { settle } from './settle.ts'

/** One width of a crop, drawn, and the formats it is wanted in. */
interface Drawn {
  readonly raster: Raster
  /** True when nothing had to be cut or scaled: the canvas' own pixels. */
  readonly isCanvas: boolean
  readonly variants: readonly Variant[]
}

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

/** The crops in all their widths, canvas after canvas. */
async function* drawCrops(
  photo: Buffer,
  size: Size,
  all: readonly Variant[],
  context: RenderContext,
): AsyncGenerator<readonly Drawn[], void, void> {
  const { file, pixels, run } = context
  for (const { plan, variants } of planCanvases(size, all)) {
    const crops = groupBy(variants, ({ rect }) => [rect.left, rect.top, rect.width, rect.height].join())
    const like = variants[0]
    if (like === undefined) continue
    const decode = (): Promise<Canvas> => orDecodeError(file, decodeCanvas(photo, size, plan, like, pixels))
    let canvas: Canvas | undefined = await run(decode, decodeBytes(size, like) + canvasBytes(plan, like), 'decode')
    let isShown = false
    for (const crop of crops) {
      if (canvas === undefined) break
      const drawn = await drawCrop(canvas, crop, context)
      // A crop that is the canvas itself may still be encoded while the next one is drawn.
      isShown ||= drawn.some(({ isCanvas }) => isCanvas)
      // The canvas is the largest thing held: let go of it before its last crop is encoded.
      if (crop === crops.at(-1)) {
        if (!isShown) free(canvas.raster.data)
        canvas = undefined
      }
      yield drawn
    }
  }
}

/** All widths of a crop, the largest first, so that no long encode is left to run alone at the end. */
async function drawCrop(
  { photo, size, region, raster }: Canvas,
  crop: readonly Variant[],
  { file, run }: RenderContext,
): Promise<readonly Drawn[]> {
  const sizes = groupBy(crop, ({ width, height }) => `${width}x${height}`).sort(
    ([a], [b]) => (b?.width ?? 0) - (a?.width ?? 0),
  )
  const drawn: Drawn[] = []
  await settle(
    sizes.map(async (variants, index) => {
      const [like] = variants
      if (like === undefined) return
      const place = placeOnCanvas(photo, size, like)
      const cut = { ...place, left: place.left - region.left, top: place.top - region.top }
      const draw = (): Promise<Raster> => orRenderError(file, resizeRaster(raster, cut, like, like))
      const pixels = await run(draw, resizeBytes(cut, like, like))
      drawn[index] = { raster: pixels, isCanvas: pixels === raster, variants }
    }),
  )
  return drawn
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
