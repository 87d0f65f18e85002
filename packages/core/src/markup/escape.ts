// Escaping, one function per language in which a value is written.

/** Text between the double quotes of an HTML attribute. */
export function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** CSS inside an HTML `<style>`, which only `</style` could end. `\/` means `/` to CSS. */
export function escapeStyle(css: string): string {
  return css.replaceAll('</', '<\\/').replaceAll('<!--', '<\\!--')
}

/** `url("…")`: quotes and line breaks are escaped, `<` as well so that the CSS may stand inside HTML. */
export function toCssUrl(url: string): string {
  return `url("${url.replace(/["\\<\n\r\f]/g, (char) => `\\${char.codePointAt(0)?.toString(16) ?? ''} `)}")`
}

/** The quoted-string of an HTTP header (RFC 9110); what is not printable ASCII is percent-encoded. */
export function toQuotedString(text: string): string {
  return `"${encodeUnprintable(text).replace(/["\\]/g, '\\$&')}"`
}

/** The `<…>` of an HTTP `Link` header (RFC 8288). */
export function toLinkTarget(url: string): string {
  return `<${encodeUnprintable(url).replace(/[<>"\\ ]/g, encodeURIComponent)}>`
}

/**
 * Attributes as HTML text with a leading space each. `true` gives a bare name; `undefined`, `null` and `false` give
 * nothing.
 */
export function toHtmlAttributes(attributes: Readonly<Record<string, unknown>>): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== null && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeAttribute(String(value))}"`))
    .join('')
}

function encodeUnprintable(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (char) => (/\p{Cs}/u.test(char) ? '%EF%BF%BD' : encodeURIComponent(char)))
}
