/**
 * What stands in compiled Markdown for a picture until its asset is known: an element of our own whose only attribute needs no quotes, so that it passes
 * unchanged through JSON, JavaScript strings and the content store.
 */

/** A picture in Markdown. */
export interface MarkdownPicture {
  /** What to import. */
  readonly src: string
  /** Attributes of the `<img>` as written. */
  readonly attributes: Readonly<Record<string, string>>
  /** False where the page's policy would not let its style through. */
  readonly placeholder: boolean
}

const tokens = /<hero-picture data=([\w-]+)><\/hero-picture>/g

/** How a token begins: a quick test. */
export const tokenStart = '<hero-picture data='

export function toToken(picture: MarkdownPicture): string {
  const bytes = new TextEncoder().encode(JSON.stringify(picture))
  const base64 = btoa(String.fromCharCode(...bytes))
  return `${tokenStart}${base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}></hero-picture>`
}

/** Replaces every token. */
export function replaceTokens(html: string, replace: (picture: MarkdownPicture) => string): string {
  return html.replace(tokens, (_, data: string) => {
    const binary = atob(data.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0))
    return replace(JSON.parse(new TextDecoder().decode(bytes)))
  })
}
