/** Finds the pictures in compiled Markdown: images that Astro would take, and `<img>` tags that people wrote themselves. */
import { splitId } from '@hero-image/unplugin/emit'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import { toRelative } from '../resolve-written.ts'
import { toToken } from './token.ts'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

/** Compiled Markdown with tokens, and what they import, each once. */
export interface Taken {
  readonly html: string
  readonly sources: readonly string[]
}

// What a processor leaves in an image's place for Astro: its attributes as JSON. Parsers lower the case of names.
const astroImage = '__astro_image_'

// Most entries have no picture of ours: only those that do pay for a parser. In attributes an ampersand ends with a semicolon.
const mention = /[?&;]hero\b/

/**
 * Puts a token in place of every picture.
 *
 * @param file absolute path of the Markdown file, when there is one
 * @param placeholder whether pictures get one
 */
export function takePictures(html: string, file: string | undefined, placeholder: boolean): Taken {
  if (!mention.test(html)) return { html, sources: [] }
  const sources = new Set<string>()
  let done = ''
  let at = 0
  for (const element of elementsOf(parseFragment(html, { sourceCodeLocationInfo: true }))) {
    const location = element.sourceCodeLocation
    const { src, ...attributes } = element.nodeName === 'img' ? attributesOf(element) : {}
    if (!location || src === undefined || !isHero(src)) continue
    const source = file === undefined ? src : toRelative(src, file)
    sources.add(source)
    done += html.slice(at, location.startOffset) + toToken({ src: source, attributes, placeholder })
    at = location.endOffset
  }
  return { html: done + html.slice(at), sources: [...sources] }
}

function isHero(src: string): boolean {
  return splitId(src) !== undefined && !/^(?:[a-z][a-z\d+.-]+:|\/\/)/i.test(src)
}

/** Attributes as written by a person or, for Markdown's own images, by the processor. */
function attributesOf(element: Element): Record<string, string> {
  const { [astroImage]: image, ...written } = Object.fromEntries(element.attrs.map(({ name, value }) => [name, value]))
  if (image === undefined) return { ...written, ...(written.src === undefined ? {} : { src: decode(written.src) }) }
  // `index` tells Astro equal images apart; classes stay on the tag as well.
  const { index: _, className: __, inferSize: ___, ...own }: Record<string, unknown> = JSON.parse(image)
  return { ...Object.fromEntries(Object.entries(own).map(([name, value]) => [name, String(value)])), ...written }
}

function decode(src: string): string {
  try {
    return decodeURI(src)
  } catch {
    return src
  }
}

function* elementsOf(node: Node): Generator<Element> {
  if ('attrs' in node) yield node
  if ('childNodes' in node) for (const child of node.childNodes) yield* elementsOf(child)
}
