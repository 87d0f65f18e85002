/** Preload links for a picture, through React: in the head, before anything else is fetched. */
import type { HeroAsset, HeroPreload } from '@hero-image/core'
import { preload } from 'react-dom'

type Options = NonNullable<Parameters<typeof preload>[1]>

/** What of a picture's props concerns its requests. */
interface Requests {
  readonly sizes?: string
  readonly nonce?: string | undefined
  readonly crossOrigin?: Options['crossOrigin']
  readonly referrerPolicy?: Options['referrerPolicy']
}

/** One link per crop, under media that exclude each other. */
export function preloadPicture(asset: HeroAsset, { sizes, nonce, crossOrigin, referrerPolicy }: Requests): void {
  const shared: Options = { as: 'image', fetchPriority: 'high', nonce, crossOrigin, referrerPolicy }
  // An SVG has no sources.
  if (asset.sources.length === 0) preload(asset.src, shared)
  for (const { media, type, imagesrcset, imagesizes } of mergeEqual(asset.preload)) {
    preload(asset.src, { ...shared, media, type, imageSrcSet: imagesrcset, imageSizes: sizes ?? imagesizes })
  }
}

/** React keeps one link per `imagesrcset` and `imagesizes`, and crops may share their files: their media become one list. */
function mergeEqual(links: readonly HeroPreload[]): HeroPreload[] {
  const merged = new Map<string, HeroPreload>()
  for (const link of links) {
    const key = `${link.imagesrcset}\n${link.imagesizes}`
    const media = [merged.get(key)?.media, link.media].filter((each) => each !== undefined).join(', ')
    merged.set(key, { ...link, ...(media === '' ? {} : { media }) })
  }
  return [...merged.values()]
}
