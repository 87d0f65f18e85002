import type { HeroAsset } from '../types.ts'
import { type PictureOptions, toAttributes } from './attributes.ts'
import { toHtmlAttributes } from './escape.ts'

/**
 * A `<picture>` as HTML, after the `<style>` of its placeholder.
 *
 * @throws HERO_INVALID_OPTION when there is no alt text
 */
export function toPictureHtml(asset: HeroAsset, options: PictureOptions = {}): string {
  const { sources, img, style } = toAttributes(asset, options)
  const css = style === undefined ? '' : `<style${toHtmlAttributes({ nonce: options.nonce })}>${style.css}</style>`
  const tags = sources.map((source) => `<source${toHtmlAttributes({ ...source })}>`)
  return `${css}<picture>${tags.join('')}<img${toHtmlAttributes({ ...img })}></picture>`
}
