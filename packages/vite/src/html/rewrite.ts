/** Turns `<img src="./hero.jpg?hero">` of an HTML file into a `<picture>`, its attributes kept. */
import { type HeroAsset, HeroError } from '@hero-image/core'
import { toPictureHtml, toPreloadHtml } from '@hero-image/core/markup'
import { isExternal, lineAt } from '@hero-image/unplugin/css'
import { splitId } from '@hero-image/unplugin/emit'
import MagicString from 'magic-string'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

/** Gives the asset of a hero URL as written in the HTML; `place` is document and line, for messages. */
export type AssetOf = (path: string, query: string, place: string) => Promise<HeroAsset>

/**
 * Rewrites a document; `undefined` when it has no hero.
 *
 * @param file path of the document, for messages
 * @throws HeroError HERO_UNSUPPORTED_REFERENCE naming file and line where a hero stands in another attribute
 */
export async function rewriteHtml(html: string, file: string, assetOf: AssetOf): Promise<string | undefined> {
  const text = new MagicString(html)
  // Without scripting the content of <noscript> counts as elements, as it does for Vite.
  for (const element of elementsOf(parse(html, { sourceCodeLocationInfo: true, scriptingEnabled: false }))) {
    const location = element.sourceCodeLocation
    if (!location) continue
    const owner = urlAttribute(element)
    const place = `${file}:${lineAt(html, location.startOffset)}`
    refuseOthers(element, owner, place)
    const url = owner === undefined ? undefined : attributeOf(element, owner)
    const parts = url === undefined ? undefined : splitId(url)
    if (parts === undefined || isExternal(parts.file)) continue
    const asset = await assetOf(parts.file, parts.query, place)
    if (element.nodeName === 'img') requireAlt(element, asset, place)
    const markup = element.nodeName === 'link' ? toPreloadHtml(asset) : toPicture(element, asset)
    text.update(location.startOffset, location.endOffset, markup)
  }
  return text.hasChanged() ? text.toString() : undefined
}

/** The attribute that may hold a hero: an image's own, and the one of a preload, which becomes a link per crop. */
function urlAttribute(element: Element): 'src' | 'href' | undefined {
  if (element.nodeName === 'img') return 'src'
  return element.nodeName === 'link' && attributeOf(element, 'rel') === 'preload' ? 'href' : undefined
}

function refuseOthers(element: Element, owner: string | undefined, place: string): void {
  const wrong = element.attrs.find(({ name, value }) => name !== owner && mentionsHero(element, name, value))
  if (wrong === undefined) return
  throw new HeroError(
    'HERO_UNSUPPORTED_REFERENCE',
    `<${element.nodeName} ${wrong.name}="${wrong.value}"> cannot hold a hero.`,
    {
      file: place,
      hint: 'Write <img src="…?hero">: it becomes the whole <picture>.',
    },
  )
}

function requireAlt(element: Element, asset: HeroAsset, place: string): void {
  if (attributeOf(element, 'alt') !== undefined || asset.alt !== undefined) return
  throw new HeroError('HERO_INVALID_OPTION', `<img src="${attributeOf(element, 'src')}"> has no alt text.`, {
    file: place,
    hint: 'Write what the picture means as alt="…", or alt="" if it is decoration.',
  })
}

/** An image without `loading` loads at once in HTML, and stays so. */
function toPicture(element: Element, asset: HeroAsset): string {
  const attributes = Object.fromEntries(
    element.attrs.filter(({ name }) => !handled.includes(name)).map(({ name, value }) => [name, value]),
  )
  const alt = attributeOf(element, 'alt')
  const className = attributeOf(element, 'class')
  const sizes = attributeOf(element, 'sizes')
  const inPicture = element.parentNode?.nodeName === 'picture'
  const picture = toPictureHtml(asset, {
    ...(alt === undefined ? {} : { alt }),
    ...(className === undefined ? {} : { class: className }),
    ...(sizes === undefined ? {} : { sizes }),
    loading: attributeOf(element, 'loading') === 'lazy' ? 'lazy' : 'eager',
    priority: attributeOf(element, 'fetchpriority') === 'high',
    // A style element may not stand inside the page's own picture.
    placeholder: !inPicture,
    attributes,
  })
  return inPicture ? picture.replace(/^<picture>|<\/picture>$/g, '') : picture
}

const handled = ['src', 'alt', 'class', 'sizes', 'loading', 'fetchpriority']

function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value
}

const pictureName = /\.(?:jpe?g|png|webp|avif|gif|tiff?|heic|heif|svg)\?/i

/** Attributes that load pictures; a link only leads to one, and the style attribute is CSS: it goes the way of style sheets. */
function mentionsHero(element: Element, name: string, value: string): boolean {
  if (!['src', 'srcset', 'href', 'poster', 'data', 'content', 'imagesrcset'].includes(name)) return false
  if (element.nodeName === 'a' || element.nodeName === 'area') return false
  return value
    .split(/,\s+|\s+/)
    .some((part) => splitId(part) !== undefined && pictureName.test(part) && !isExternal(part))
}

function* elementsOf(node: Node): Generator<Element> {
  if ('attrs' in node) yield node
  if ('childNodes' in node) for (const child of node.childNodes) yield* elementsOf(child)
  if ('content' in node) yield* elementsOf(node.content)
}
