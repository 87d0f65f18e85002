/** The only metadata that may reach a variant. */
import readExif from 'exif-reader'

/** Who made the photo and who owns it, as EXIF says. */
export interface Copyright {
  readonly Copyright?: string
  readonly Artist?: string
}

/** Reads both fields; unreadable EXIF gives none. libvips writes EXIF in ASCII: `©` becomes `(C)`, `ë` becomes `e`. */
export function readCopyright(exif: Buffer | undefined): Copyright {
  if (exif === undefined) return {}
  try {
    const { Copyright, Artist } = readExif(exif).Image ?? {}
    return {
      ...(typeof Copyright === 'string' && Copyright !== '' ? { Copyright } : {}),
      ...(typeof Artist === 'string' && Artist !== '' ? { Artist } : {}),
    }
  } catch {
    return {}
  }
}
