import { neverMatches, toDisjointMedia } from '../media/condition.ts'
import type { HeroAsset, HeroPreload, HeroSource } from '../types.ts'
import { toHtmlAttributes, toLinkTarget, toQuotedString } from './escape.ts'
import { parseSrcset } from './srcset.ts'

/**
 * What to preload for a picture: of every crop the first format only, under media that exclude each other, so that
 * exactly one file is fetched.
 *
 * A browser that does not know the type ignores the link. Crops that are never shown are left out.
 *
 * @param sources in `<picture>` order
 * @throws HERO_INVALID_MEDIA
 */
export function toPreload(sources: readonly HeroSource[]): HeroPreload[] {
  const first = sources.filter((source, index) => sources.findIndex(({ crop }) => crop === source.crop) === index)
  const medias = toDisjointMedia(first.map(({ media }) => media))
  return first.flatMap(({ type, srcset, sizes }, index): HeroPreload[] => {
    const media = medias[index]
    if (media === neverMatches) return []
    return [
      {
        ...(media === undefined ? {} : { media }),
        type,
        imagesrcset: srcset,
        imagesizes: sizes,
        fetchpriority: 'high',
      },
    ]
  })
}

/**
 * The `<link rel="preload">` of a picture, one a line, for the `<head>`.
 *
 * Without `href`: a browser that does not know `imagesrcset` fetches nothing rather than a file that it may not show.
 * An SVG, which has no sources, is preloaded by its URL.
 */
export function toPreloadHtml(asset: HeroAsset, { nonce }: { readonly nonce?: string } = {}): string {
  const links = asset.sources.length === 0 ? [{ href: asset.src, fetchpriority: 'high' }] : asset.preload
  return links.map((link) => `<link${toHtmlAttributes({ rel: 'preload', as: 'image', ...link, nonce })}>`).join('\n')
}

/**
 * The value of one HTTP `Link` header, for the response or for 103 Early Hints; '' when there is nothing to preload.
 *
 * The header needs a target, and browsers without `imagesrcset` would fetch it: the smallest file loses least.
 */
export function toPreloadHeader(asset: HeroAsset): string {
  if (asset.sources.length === 0) return `${toLinkTarget(asset.src)}; rel=preload; as=image; fetchpriority=high`
  return asset.preload.map(toLink).join(', ')
}

function toLink({ media, type, imagesrcset, imagesizes, fetchpriority }: HeroPreload): string {
  const smallest = parseSrcset(imagesrcset)[0]?.url ?? ''
  const parameters = { imagesrcset, imagesizes, media, type }
  const quoted = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [`; ${name}=${toQuotedString(value)}`],
  )
  return `${toLinkTarget(smallest)}; rel=preload; as=image${quoted.join('')}; fetchpriority=${fetchpriority}`
}
