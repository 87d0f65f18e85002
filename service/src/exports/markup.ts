/** Assets → text, in the words of the engine's own markup. */
import type { ExportKind } from '@hero-image/client/contract'
import type { HeroAsset, Variant } from '@hero-image/core'
import { toCss, toJsx, toPictureHtml, toPreloadHtml } from '@hero-image/core/markup'

/** A photo of an export with what an import of it yields. */
export interface NamedAsset {
  /** Name of the photo's file. */
  readonly name: string
  readonly asset: HeroAsset
}

/** The text of an export of code. */
export function toCode(kind: Exclude<ExportKind, 'zip'>, assets: readonly NamedAsset[]): string {
  return writers[kind](assets)
}

const eachWith =
  (write: (asset: HeroAsset, name: string) => string) =>
  (assets: readonly NamedAsset[]): string =>
    `${assets.map(({ asset, name }) => write(asset, name).trimEnd()).join('\n\n')}\n`

const writers: Readonly<Record<Exclude<ExportKind, 'zip'>, (assets: readonly NamedAsset[]) => string>> = {
  html: eachWith((asset) => toPictureHtml(asset)),
  react: eachWith((asset) => toJsx(asset)),
  css: eachWith((asset, name) => toCss(asset, toSelector(name))),
  preload: eachWith((asset) => toPreloadHtml(asset)),
  json: (assets) =>
    `${JSON.stringify(Object.fromEntries(assets.map(({ name, asset }) => [name, asset])), undefined, 2)}\n`,
}

/** The URL of a variant under a base, as the command writes it: white space and commas would end it inside `srcset`. */
export function toUrlOf(base: string): (variant: Variant) => string {
  const open = base === '' || /[/=?#]$/.test(base) ? base : `${base}/`
  const safe = open.replace(/[\s,]/g, encodeURIComponent)
  return ({ name }) => `${safe}${name}`
}

/** `.hero-lake` for `lake.jpg`; names differ, and so do these, as what is no letter becomes its number. */
function toSelector(name: string): string {
  return `.hero-${name.replace(/\.[^.]*$/, '').replace(/[^\w-]/gu, (character) => `-${character.codePointAt(0)?.toString(16) ?? ''}`)}`
}
