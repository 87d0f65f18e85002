/** The whole photo in one size, for pages that show it to a person who decides about its crops. Pure. */
import { encoderSettings } from '../options/defaults.ts'
import type { ResolvedOptions } from '../options/resolve.ts'
import type { HeroRequest, Size } from '../types.ts'

/** Looked at closely, but never shipped. */
const quality = { avif: 80, webp: 80, jpeg: 80, png: 100, gif: 100 }

/**
 * Nobody's decisions count: there is nothing to crop.
 *
 * @param photo size of the source, px
 * @param longSide longest side of the copy, px; a smaller photo is not enlarged
 */
export function toWholeRequest(
  { metadata, ladder, allowTruncated }: ResolvedOptions,
  photo: Size,
  longSide: number,
): HeroRequest {
  const scale = Math.min(1, longSide / Math.max(photo.width, photo.height))
  const width = Math.max(1, Math.round(photo.width * scale))
  return {
    preset: 'whole',
    crops: [{ name: 'whole', ratio: 0, sizes: '100vw', widths: [width] }],
    formats: ['webp'],
    encoders: encoderSettings('fast', quality),
    query: {},
    config: {},
    placeholder: false,
    metadata,
    ladder,
    allowTruncated,
  }
}
