/** Encoder settings of each format: everything that quality and effort do not say. */
import type { JpegOptions, Sharp } from 'sharp'
import type { RasterFormat, Variant } from '../types.ts'

type Encode = (pipeline: Sharp, quality: number, effort: number) => Sharp

/**
 * - AVIF: 4:2:0 with 10 bit. The ten bits save about 5 % at equal quality even for 8-bit photos, since less is lost between colour spaces.
 * - WebP: smart subsampling doubles the CPU for nothing measurable. Alpha stays lossless: its edges show.
 * - JPEG: see `mozjpegOf`.
 * - PNG: lossless at quality 100, a palette below it. Filters are chosen row by row, which suits photos.
 * - GIF: below quality 100, pixels that change little between frames are left as they were.
 */
const encoders: Readonly<Record<RasterFormat, Encode>> = {
  avif: (pipeline, quality, effort) => pipeline.avif({ quality, effort, chromaSubsampling: '4:2:0', bitdepth: 10 }),
  webp: (pipeline, quality, effort) => pipeline.webp({ quality, effort, alphaQuality: 100, smartSubsample: false }),
  jpeg: (pipeline, quality, effort) => pipeline.flatten({ background: '#fff' }).jpeg({ quality, ...mozjpegOf(effort) }),
  png: (pipeline, quality, effort) =>
    pipeline.png({
      compressionLevel: Math.min(9, effort + 2),
      adaptiveFiltering: true,
      ...(quality < 100 ? { palette: true, quality, effort: Math.max(1, Math.min(10, effort)) } : {}),
    }),
  gif: (pipeline, quality, effort) =>
    pipeline.gif({ effort: Math.max(1, Math.min(10, effort)), interFrameMaxError: Math.min(32, (100 - quality) / 2) }),
}

/**
 * How much of mozjpeg is used. Effort 0: nothing, baseline for previews. Effort 1: its tables, in scans: 16 % smaller at equal quality, for twice the CPU.
 * Effort 2 also weighs each coefficient's bits against what it shows (trellis) and tries many orders of the scans: another 5 %, for four times the CPU.
 */
function mozjpegOf(effort: number): JpegOptions {
  if (effort === 0) return {}
  return { mozjpeg: true, trellisQuantisation: effort > 1, optimiseScans: effort > 1 }
}

/** Adds the variant's encoder to a pipeline. Not for SVG, whose bytes pass through. */
export function withEncoder(pipeline: Sharp, { format, encoder }: Variant): Sharp {
  return format === 'svg' ? pipeline : encoders[format](pipeline, encoder.quality, encoder.effort)
}
