/** Draws the crops of a photo in all their widths, from the canvases they share. */

import { free } from '../source/free.ts'
import type { Size, Variant } from '../types.ts'
import { type Canvas, type CanvasPlan, decodeCanvas, placeOnCanvas, planCanvases, shrinkCanvas } from './decode.ts'
import { canvasBytes, decodeBytes, resizeBytes } from './memory.ts'
import { type Raster, resizeRaster } from './raster.ts'
import type { RenderContext } from './render-context.ts'
import { orDecodeError, orRenderError } from './render-errors.ts'
import { settle } from './settle.ts'

/** One width of a crop, drawn, and the formats it is wanted in. */
export interface Drawn {
  readonly raster: Raster
  /** True when nothing had to be cut or scaled: the canvas' own pixels. */
  readonly isCanvas: boolean
  readonly variants: readonly Variant[]
}

/** The crops in all their widths, canvas after canvas. */
export async function* drawCrops(
  photo: Buffer,
  size: Size,
  all: readonly Variant[],
  context: RenderContext,
): AsyncGenerator<readonly Drawn[], void, void> {
  const shares = planCanvases(size, all)
  let canvas: Canvas | undefined
  for (const [index, { plan, variants }] of shares.entries()) {
    const crops = groupBy(variants, ({ rect }) => [rect.left, rect.top, rect.width, rect.height].join())
    const like = variants[0]
    if (like === undefined) continue
    canvas ??= await decode(photo, size, plan, like, context)
    let isShown = false
    for (const crop of crops) {
      if (canvas === undefined) break
      const drawn = await drawCrop(canvas, crop, context)
      // A crop that is the canvas itself may still be encoded while the next one is drawn.
      isShown ||= drawn.some(({ isCanvas }) => isCanvas)
      // The canvas is the largest thing held: let go of it before its last crop is encoded.
      if (crop === crops.at(-1)) canvas = await replace(canvas, isShown, shares[index + 1]?.plan, like, context)
      yield drawn
    }
  }
}

function decode(
  photo: Buffer,
  size: Size,
  plan: CanvasPlan,
  like: Variant,
  { file, pixels, run }: RenderContext,
): Promise<Canvas> {
  const bytes = decodeBytes(size, like) * (plan.isShrunk ? 2 : 1) + canvasBytes(plan, like)
  return run(() => orDecodeError(file, decodeCanvas(photo, size, plan, like, pixels)), bytes, 'decode')
}

/** Lets go of a canvas. When the next one can be made from it, that is given back. */
async function replace(
  canvas: Canvas,
  isShown: boolean,
  next: CanvasPlan | undefined,
  like: Variant,
  { file, run }: RenderContext,
): Promise<Canvas | undefined> {
  const draw = (plan: CanvasPlan): Promise<Canvas> => orRenderError(file, shrinkCanvas(canvas, plan, like))
  const following = next?.isShrunk ? await run(() => draw(next), resizeBytes(canvas.size, next.size, like)) : undefined
  if (!isShown && following?.raster !== canvas.raster) free(canvas.raster.data)
  return following
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

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return [...groups.values()]
}
