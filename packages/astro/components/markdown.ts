/** A picture in compiled Markdown, as HTML. */
/// <reference types="astro/client" />
import type { HeroAsset } from '@hero-image/core'
import { toPictureHtml } from '@hero-image/core/markup'
import type { MarkdownPicture } from '../src/markdown/token.ts'

/** The `<picture>` of an asset, with the attributes that were written for it. */
export function toPicture(asset: HeroAsset, { attributes, placeholder }: MarkdownPicture): string {
  const { alt, class: className, style, sizes, loading, fetchpriority, ...others } = attributes
  return toPictureHtml(asset, {
    ...(alt === undefined ? {} : { alt }),
    ...(className === undefined ? {} : { class: className }),
    ...(style === undefined ? {} : { style }),
    ...(sizes === undefined ? {} : { sizes }),
    ...(loading === 'lazy' || loading === 'eager' ? { loading } : {}),
    priority: fetchpriority === 'high',
    placeholder,
    // Astro's toolbar warns of images that no component made.
    attributes: import.meta.env.DEV ? { ...others, 'data-image-component': 'true' } : others,
  })
}
