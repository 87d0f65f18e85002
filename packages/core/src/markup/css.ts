import { HintedError } from '../hinted-error.ts'
import { viewportRange } from '../media/condition.ts'
import { slotWidths } from '../media/sizes.ts'
import type { HeroAsset, HeroSource } from '../types.ts'
import { toCssUrl } from './escape.ts'
import { type Candidate, parseSrcset } from './srcset.ts'

/** One crop as CSS values. */
export interface ImageSet {
  /** `url("…")` of the most widely readable format. */
  readonly fallback: string
  /** `image-set(…)` with every format at 1x and 2x; equal to `fallback` when there is nothing to choose from. */
  readonly imageSet: string
}

/**
 * One crop for CSS, where only density and format can be chosen by the browser.
 *
 * 1x is the smallest file that fills the crop's typical slot, the mean of its smallest and largest; 2x the one for
 * twice that. Formats keep their order, since a browser takes the first that it can read among equals.
 *
 * @throws HERO_INVALID_OPTION when the asset has no such crop
 */
export function toImageSet(asset: HeroAsset, crop: string): ImageSet {
  if (asset.sources.length === 0) return { fallback: toCssUrl(asset.src), imageSet: toCssUrl(asset.src) }
  const own = asset.sources.filter((source) => source.crop === crop)
  const slot = typicalSlot(asset, crop)
  const options = own.flatMap(({ srcset, type }) => {
    const files = parseSrcset(srcset)
    const single = fileFor(files, slot)
    const double = fileFor(files, 2 * slot)
    if (single === undefined || double === undefined) return []
    const format = `type("${type}")`
    const once = `${toCssUrl(single.url)} ${format} 1x`
    return single.url === double.url ? [once] : [once, `${toCssUrl(double.url)} ${format} 2x`]
  })
  const universal = fileFor(parseSrcset(own.at(-1)?.srcset ?? ''), slot)?.url ?? asset.src
  const fallback = toCssUrl(universal)
  return { fallback, imageSet: options.length === 0 ? fallback : `image-set(${options.join(', ')})` }
}

/**
 * Rules that show the picture as a background: the default crop, and the other crops under their media in reverse
 * `<picture>` order, so that the cascade picks the crop that `<picture>` would. Each crop has a plain `url()` first,
 * for browsers without `image-set()` and `type()`.
 *
 * @param selector written as it is
 * @param options.property default `background-image`; a custom property gets the `image-set()` only, since there a
 *   browser cannot fall back
 */
export function toCss(asset: HeroAsset, selector: string, options: { readonly property?: string } = {}): string {
  const property = options.property ?? 'background-image'
  const crops = cropsOf(asset)
  const order = crops.length === 0 ? [{ crop: '', media: undefined }] : [...crops].reverse()
  return order
    .map(({ crop, media }, index) => {
      const { fallback, imageSet } = toImageSet(asset, crop)
      const values = imageSet === fallback || property.startsWith('--') ? [imageSet] : [fallback, imageSet]
      const rule = `${selector} {\n${values.map((value) => `  ${property}: ${value};\n`).join('')}}\n`
      return index === 0 || media === undefined ? rule : `@media ${media} {\n${rule.replace(/^(?=.)/gm, '  ')}}\n`
    })
    .join('')
}

/** The first source of every crop, in picture order. */
function cropsOf(asset: HeroAsset): readonly HeroSource[] {
  return asset.sources.filter((source, index, all) => all.findIndex(({ crop }) => crop === source.crop) === index)
}

function typicalSlot(asset: HeroAsset, crop: string): number {
  const crops = cropsOf(asset)
  const index = crops.findIndex((source) => source.crop === crop)
  const source = crops[index]
  if (source === undefined) {
    const names = crops.map((each) => each.crop).join(', ')
    throw new HintedError('HERO_INVALID_OPTION', `The picture has no crop '${crop}'.`, `Its crops: ${names}.`)
  }
  const viewports = viewportRange(
    crops.map(({ media }) => media),
    index,
  )
  const slots = slotWidths(source.sizes, viewports)
  return (slots.min + slots.max) / 2
}

/** The smallest file of at least this width, else the largest. */
function fileFor(files: readonly Candidate[], width: number): Candidate | undefined {
  const ascending = files.toSorted((a, b) => a.width - b.width)
  return ascending.find((file) => file.width >= width) ?? ascending.at(-1)
}
