/** What photos are called inside an export: as the person named them, as far as every file system takes it, and no two alike. */

const endings: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'image/webp': ['.webp'],
  'image/avif': ['.avif'],
}

/** How names of files of a type end. */
export function endingOf(mediaType: string): string {
  return endings[mediaType]?.[0] ?? '.bin'
}

/** A photo to be named. */
export interface UnnamedPhoto {
  readonly name: string | null
  readonly media_type: string
}

/** Names for photos, in their order. */
export function toPhotoNames(photos: readonly UnnamedPhoto[]): string[] {
  const taken = new Set<string>()
  return photos.map(({ name, media_type }) => {
    const known = endings[media_type] ?? ['.bin']
    const given = toPlain(name ?? 'photo')
    const ending = known.find((each) => given.toLowerCase().endsWith(each))
    const stem = toFree(shorten(ending === undefined ? given : given.slice(0, -ending.length)))
    const tail = ending === undefined ? known[0] : given.slice(-ending.length)
    for (let count = 1; ; count += 1) {
      const candidate = `${stem}${count === 1 ? '' : `-${count}`}${tail}`
      // File systems of some people see no difference between cases and between ways to write an accent.
      const folded = candidate.normalize('NFKC').toLowerCase()
      if (taken.has(folded)) continue
      taken.add(folded)
      return candidate
    }
  })
}

/** Without what a path, a pattern or Windows gives a meaning of its own. */
function toPlain(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[\p{C}<>:"|?*\\/[\]{}()!#%&'`$^~;,]+/gu, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.-]+/, '')
}

/** Names of devices of Windows, which count whatever ending follows: no file can be unpacked under them. */
const reserved = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin-|conout-)\s*(?:\.|$)/i

function toFree(stem: string): string {
  return reserved.test(stem) ? `_${stem}` : stem
}

/** At most 120 bytes, so that an ending and the sidecar's fit into any file system. */
function shorten(stem: string): string {
  let short = ''
  for (const character of stem) {
    if (Buffer.byteLength(short + character) > 120) break
    short += character
  }
  const trimmed = short.replace(/[\s.]+$/, '')
  return trimmed === '' ? 'photo' : trimmed
}
