/** Which formats a source gets: what was asked for, corrected by what each format can hold. Pure. */
import type { RasterFormat, SourceFacts, VariantFormat } from '../types.ts'

/** MIME type of each format. */
export const mimeTypes: Readonly<Record<VariantFormat, string>> = {
  avif: 'image/avif',
  webp: 'image/webp',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  svg: 'image/svg+xml',
}

/** File ending of each format, with the dot. */
export const extensions: Readonly<Record<VariantFormat, string>> = {
  avif: '.avif',
  webp: '.webp',
  jpeg: '.jpg',
  png: '.png',
  gif: '.gif',
  svg: '.svg',
}

/** Formats that every mail client, crawler and old browser reads; they get a short ladder. */
export const universalFormats: readonly VariantFormat[] = ['jpeg', 'png', 'gif']

/** The formats to make and what the user should know about the ones that changed. */
export interface FormatPlan {
  readonly formats: readonly RasterFormat[]
  readonly notes: readonly string[]
}

/**
 * Corrects the wanted formats by what the source needs.
 *
 * - An animation stays one: WebP and GIF can hold it, the others cannot (the AVIF encoder writes still pictures only).
 * - Transparency turns JPEG into PNG.
 */
export function planFormats(wanted: readonly RasterFormat[], facts: SourceFacts): FormatPlan {
  if (facts.frames > 1) {
    const moving = wanted.map((format) =>
      format === 'webp' || format === 'gif' ? format : format === 'avif' ? undefined : 'gif',
    )
    const formats = [...new Set(moving.filter((format) => format !== undefined))]
    const left = wanted.filter((format) => format !== 'webp' && format !== 'gif')
    return {
      formats: formats.length > 0 ? formats : ['webp'],
      notes:
        left.length === 0
          ? []
          : [
              `animation of ${facts.frames} frames: ${left.join(', ')} cannot hold it, made as ${(formats.length > 0 ? formats : ['webp']).join(', ')}`,
            ],
    }
  }
  if (facts.alpha && wanted.includes('jpeg')) {
    return {
      formats: [...new Set(wanted.map((format) => (format === 'jpeg' ? 'png' : format)))],
      notes: ['transparent: PNG instead of JPEG'],
    }
  }
  return { formats: wanted, notes: [] }
}
