/** Plan + URLs → asset: plain JSON for pages. Pure, runs in browsers. */
import { toPreload } from './markup/preload.ts'
import type { HeroAsset, HeroCrop, HeroSource, Plan, Variant } from './types.ts'
import { mimeTypes } from './variant/formats.ts'

/**
 * Turns a plan into what the import yields.
 *
 * @param urlOf the URL under which the host serves a variant; it goes into `srcset`, so it must contain no white space or comma
 */
export function toAsset(plan: Plan, urlOf: (variant: Variant) => string): HeroAsset {
  const variantAt = (index: number): Variant => {
    const variant = plan.variants[index]
    if (variant === undefined) throw new RangeError(`plan of ${plan.file} has no variant ${index}`)
    return variant
  }
  const fallback = variantAt(plan.fallback)
  const sources = plan.sources.map((source): HeroSource => {
    const variants = source.variants.map(variantAt)
    const largest = variants.at(-1) ?? fallback
    return {
      crop: source.crop,
      ...(source.media === undefined ? {} : { media: source.media }),
      type: mimeTypes[source.format],
      srcset: variants.map((variant) => `${urlOf(variant)} ${variant.width}w`).join(', '),
      sizes: source.sizes,
      width: largest.width,
      height: largest.height,
    }
  })
  return {
    preset: plan.preset,
    ...(plan.alt === undefined ? {} : { alt: plan.alt }),
    src: urlOf(fallback),
    width: fallback.width,
    height: fallback.height,
    sources,
    ...(plan.placeholder === undefined
      ? {}
      : {
          placeholder: {
            color: plan.placeholder.colour,
            className: plan.placeholder.className,
            style: plan.placeholder.style,
          },
        }),
    crops: Object.fromEntries(plan.crops.map((crop) => [crop.name, toCrop(crop)])),
    preload: toPreload(sources),
  }
}

function toCrop(crop: Plan['crops'][number]): HeroCrop {
  return {
    ratio: Math.round(crop.ratio * 10_000) / 10_000,
    width: crop.rect.width,
    height: crop.rect.height,
    placeholder: crop.colour,
    kept: crop.kept,
    ...(crop.text === undefined ? {} : { text: crop.text }),
  }
}
