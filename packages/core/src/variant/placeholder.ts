// What is seen before the picture arrives: one colour, and a soft blur of each crop made of CSS alone.
import type { RelativeRect, RgbRaster } from '../types.ts'
import { meanColour, mix, type Rgb, toHex } from './colour.ts'
import { fitColours, gridSide, toGradients } from './gradients.ts'

/** A crop as the placeholder sees it. */
export interface PlaceholderCrop {
  readonly media?: string
  readonly rect: RelativeRect
}

/** What the page needs: the colour, the class for the `<img>` and the rules of that class. */
export interface Placeholder {
  /** Dominant colour of the default crop, `#rrggbb`. */
  readonly colour: string
  readonly className: string
  readonly style: string
}

/**
 * The colour of a part of the picture as `#rrggbb`: its mean in OKLab.
 *
 * It is the single colour from which the change to the photo looks smallest on average. A mean of sRGB numbers comes
 * out too dark beside bright areas, one of linear light too bright, and the most frequent colour is often a scrap of
 * sky.
 */
export function dominantColour(raster: RgbRaster, rect: RelativeRect): string {
  return toHex(meanColour(sampleCrop(raster, rect)))
}

/**
 * A preview of every crop without scripts: class `hero-<seed>` with one colour per crop and overlapping gradients above
 * it.
 *
 * A single crop has its colours inline. Several share the geometry, written once, and set custom properties under their
 * `media`. Those rules stand in reverse picture order, so that the cascade picks what `<picture>` picks (the first that
 * matches) with the media as written: shorter than disjoint conditions, and good in browsers without them.
 *
 * `:where` has no specificity: any rule of the page wins, wherever the style stands. At most about 400 bytes per crop
 * with ordinary media.
 *
 * @param crops in picture order; the last one is the default crop
 * @param seed makes the class name unique; characters unfit for a class name are encoded
 */
export function planPlaceholder(crops: readonly PlaceholderCrop[], raster: RgbRaster, seed: string): Placeholder {
  const className = `hero-${seed.replace(/[^\w-]/gu, (char) => `_${char.codePointAt(0)?.toString(16) ?? ''}_`)}`
  const previews = crops.map(({ media, rect }) => ({ media, ...previewOf(sampleCrop(raster, rect)) })).reverse()
  const [main, ...others] = previews
  if (main === undefined) return { colour: dominantColour(raster, wholePicture), className, style: '' }
  const rule = (declarations: string) => `:where(.${className}){${declarations}}`
  const base = `background-color:${main.colour};`
  if (others.length === 0) {
    return { colour: main.colour, className, style: rule(`${base}background-image:${toGradients(main.gradients)}`) }
  }
  const geometry = `background-image:${toGradients(main.gradients.map((_, index) => `var(--h${index})`))}`
  const rules = others.map(({ media, colour, gradients }) => {
    const own = rule(`background-color:${colour};${toProperties(gradients)}`)
    return media === undefined ? own : `@media ${media}{${own}}`
  })
  return {
    colour: main.colour,
    className,
    style: rule(`${base}${toProperties(main.gradients)};${geometry}`) + rules.join(''),
  }
}

const wholePicture: RelativeRect = { x: 0, y: 0, width: 1, height: 1 }

function toProperties(colours: readonly string[]): string {
  return colours.map((colour, index) => `--h${index}:${colour}`).join(';')
}

function previewOf(picture: readonly Rgb[]): { readonly colour: string; readonly gradients: readonly string[] } {
  const base = meanColour(picture)
  return { colour: toHex(base), gradients: fitColours(picture, base).map(toHex) }
}

/** The crop on the grid, between the pixels of the raster where it must be. */
function sampleCrop(raster: RgbRaster, rect: RelativeRect): Rgb[] {
  return Array.from({ length: gridSide ** 2 }, (_, index) => {
    const x = rect.x + (rect.width * ((index % gridSide) + 0.5)) / gridSide
    const y = rect.y + (rect.height * (Math.floor(index / gridSide) + 0.5)) / gridSide
    return sampleAt(raster, x * raster.width - 0.5, y * raster.height - 0.5)
  })
}

function sampleAt(raster: RgbRaster, x: number, y: number): Rgb {
  const left = Math.floor(x)
  const top = Math.floor(y)
  const upper = mix(pixelAt(raster, left, top), pixelAt(raster, left + 1, top), x - left)
  const lower = mix(pixelAt(raster, left, top + 1), pixelAt(raster, left + 1, top + 1), x - left)
  return mix(upper, lower, y - top)
}

/** Pixels beyond the edge repeat it; a raster without pixels is mid grey. */
function pixelAt({ width, height, data }: RgbRaster, x: number, y: number): Rgb {
  const column = Math.min(width - 1, Math.max(0, x))
  const row = Math.min(height - 1, Math.max(0, y))
  const start = (row * width + column) * 3
  return [data[start] ?? 128, data[start + 1] ?? 128, data[start + 2] ?? 128]
}
