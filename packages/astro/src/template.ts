/** `<img src="./hero.jpg?hero">` in .astro files: Astro leaves such URLs as they are, so they are refused with file and line. */
import { HeroError } from '@hero-image/core'
import { splitId } from '@hero-image/unplugin/emit'
import type { Plugin } from 'vite'

// What is no markup, or markup that is not shown: blanked, so that lines stay where they are. The frontmatter comes first.
const elsewhere = [
  /^\s*---[\s\S]*?\n---/,
  /<!--[\s\S]*?-->/g,
  /\{\s*\/\*[\s\S]*?\*\/\s*\}/g,
  /<(script|style)\b[\s\S]*?<\/\1\s*>/gi,
]

const attributes = /([\w:-]+)\s*=\s*(?:\{\s*)?(["'`])((?:(?!\2)[\s\S])*?[?&]hero\b(?:(?!\2)[\s\S])*)\2/g
const pictureName = /\.(?:jpe?g|png|webp|avif|gif|tiff?|heic|heif|svg)\?/i

/** The plugin. */
export function templatePlugin(): Plugin {
  return {
    name: 'hero-image:astro-templates',
    enforce: 'pre',
    transform: {
      order: 'pre',
      filter: { id: /\.astro$/, code: /[?&]hero\b/ },
      handler: (code, id) => refuseLiterals(code, id),
    },
  }
}

/** @throws HeroError HERO_UNSUPPORTED_REFERENCE naming file and line of a hero that is written as text into an attribute */
export function refuseLiterals(source: string, file: string): void {
  const markup = elsewhere.reduce((text, part) => text.replace(part, (found) => found.replace(/[^\n]/g, ' ')), source)
  for (const { 0: whole, 1: name = '', 3: value = '', index } of markup.matchAll(attributes)) {
    const url = value.split(/,?\s+|[()'"]+/).find((part) => splitId(part) !== undefined && pictureName.test(part))
    if (url === undefined || /^(?:[a-z][a-z\d+.-]+:|\/\/)/i.test(url) || isLink(markup, index, name)) continue
    throw new HeroError(
      'HERO_UNSUPPORTED_REFERENCE',
      `${whole.trim()} stands in the markup, which Astro does not resolve.`,
      {
        file: `${file}:${markup.slice(0, index).split('\n').length}`,
        hint: `Write import hero from '${url}' in the frontmatter and <HeroImage src={hero} alt="…" />.`,
      },
    )
  }
}

/** A link only leads to a picture. */
function isLink(markup: string, index: number, attribute: string): boolean {
  const tag = /<([\w.:-]+)[^<]*$/.exec(markup.slice(0, index))?.[1]
  return attribute === 'href' && (tag === 'a' || tag === 'area')
}
