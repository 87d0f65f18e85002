/** The name under which a browser saves a file (RFC 6266): a plain one for old programs, and the true one beside it. */

/** Value of Content-Disposition; `name` comes from people and may be anything. */
export function toDisposition(kind: 'attachment' | 'inline', name: string): string {
  const plain = name.replace(/[^\w.-]+/g, '_').replace(/^\.+/, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain === '' ? 'file' : plain}"; filename*=UTF-8''${encoded}`
}

/** A name without folders and without characters that nobody sees, at most 255 characters; null when nothing is left. */
export function toFileName(given: string | undefined): string | null {
  const name = (given ?? '')
    .toWellFormed()
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, 255)
    .toWellFormed()
  return name === '' || name === '.' || name === '..' ? null : name
}
