/** Finds what looks like a reference to a hero in any source text. A quick look, not a parser: hosts know better once they have loaded a file. */
import { isHeroQuery } from '@hero-image/core'

/** A photo as written, and what is asked of it. */
export interface Mention {
  readonly path: string
  /** Without question mark. */
  readonly query: string
}

// Between quotes, bare in brackets as style sheets and Markdown have it, or a bare attribute. Bounded, since lines of minified files are endless.
const strings =
  /(["'`])([^"'`\n\\<>]{1,400}\?[^"'`\n\\<>]{1,400})\1|\(\s*([^"'`()\s\\<>]{1,400}\?[^"'`()\s\\<>]{1,400})|=([^"'`()\s\\<>=]{1,400}\.\w{2,5}\?[^"'`()\s\\<>]{1,400})/g

/** True for text that is worth a closer look. */
export function mayMention(text: string): boolean {
  return /[?&;]hero\b/.test(text)
}

/** Every mention once, in the order of the text. What scripts put together at run time is nothing to be found. */
export function findMentions(text: string): readonly Mention[] {
  const found = new Map<string, Mention>()
  for (const [, , quoted, bracketed, bare] of text.matchAll(strings)) {
    const written = (quoted ?? bracketed ?? bare ?? '').replaceAll('&amp;', '&').trim()
    // File names may contain question marks: the last one counts.
    const at = written.lastIndexOf('?')
    const mention = { path: written.slice(0, at), query: written.slice(at + 1) }
    const isLiteral = !written.includes('${') && !/^(?:[a-z][a-z\d+.-]+:|\/\/)/i.test(written)
    if (isLiteral && mention.path !== '' && isHeroQuery(mention.query)) found.set(written, mention)
  }
  return [...found.values()]
}
