/** References in style sheets that are not plain CSS. */
import { toImageSet } from '@hero-image/core/markup'
import { type AssetOf, parseReference } from '../css/index.ts'

const referenceUrl = /url\((["']?)heroimage:\/\/([\w-]+)\1\)/g

/** Puts the most widely readable file of the default crop in the place of each reference. */
export async function collapseReferences(css: string, assetOf: AssetOf): Promise<string> {
  const urls = new Map<string, string>()
  for (const [, , token = ''] of css.matchAll(referenceUrl)) {
    if (urls.has(token)) continue
    const asset = await assetOf(parseReference(token))
    urls.set(token, toImageSet(asset, asset.sources.at(-1)?.crop ?? '').fallback)
  }
  return css.replace(referenceUrl, (whole, _quote: string, token: string) => urls.get(token) ?? whole)
}
