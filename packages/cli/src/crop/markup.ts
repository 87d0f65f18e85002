/** Pictures → the markup that was asked for. */
import { type HeroAsset, HeroError } from '@hero-image/core'
import { toCss, toJsx, toPictureHtml, toPreloadHtml } from '@hero-image/core/markup'
import type { Picture } from './make-pictures.ts'
import type { MarkupKind } from './markup-kind.ts'

/** Kinds of markup whose `<img>` needs an alternative text. */
const needsAlt: readonly MarkupKind[] = ['html', 'jsx']

/**
 * Gives the asset its alternative text.
 *
 * @param alt text from the command line; it wins over the sidecar
 * @throws HeroError HERO_INVALID_OPTION when the markup needs a text and there is none
 */
export function withAlt(
  asset: HeroAsset,
  alt: string | undefined,
  kind: MarkupKind | undefined,
  file: string,
): HeroAsset {
  const text = alt ?? asset.alt
  if (text === undefined && kind !== undefined && needsAlt.includes(kind)) {
    throw new HeroError('HERO_INVALID_OPTION', 'The picture has no alternative text.', {
      file,
      hint: "Say what it shows with --alt 'text', or write `alt` into its sidecar; --alt '' says that it is decoration.",
    })
  }
  return text === undefined ? asset : { ...asset, alt: text }
}

/** The markup of all pictures, in their order. */
export function toMarkup(pictures: readonly Picture[], kind: MarkupKind): string {
  return pictures.map(({ asset }, index) => writers[kind](asset, () => selectorOf(pictures, index))).join('\n\n')
}

const writers: Readonly<Record<MarkupKind, (asset: HeroAsset, selector: () => string) => string>> = {
  html: (asset) => toPictureHtml(asset),
  jsx: (asset) => toJsx(asset),
  css: (asset, selector) => toCss(asset, selector()).trimEnd(),
  preload: (asset) => toPreloadHtml(asset),
}

/** `.hero-<stem>`; photos of the same name in several folders are numbered. */
function selectorOf(pictures: readonly Picture[], index: number): string {
  const stems = pictures
    .slice(0, index + 1)
    .map(({ plan }) => (plan.variants[0]?.name ?? '').replace(/-\d+x\d+\.[^-]*$/, ''))
  const same = stems.filter((stem) => stem === stems.at(-1)).length
  return `.hero-${stems.at(-1)}${same > 1 ? `-${same}` : ''}`
}
