/** One small decode of a source tells all that decisions need: facts, subject and preview. */
import { HeroError } from '../errors.ts'
import { centre } from '../subject/centre.ts'
import { findSubject } from '../subject/find.ts'
import type { Analysis, Detect, RgbRaster, SourceFacts } from '../types.ts'
import { endsTooEarly } from './cut-short.ts'
import { toDecodeError } from './decode-error.ts'
import { loadSharp } from './load-sharp.ts'
import { type ProbeOptions, probeSource } from './probe.ts'
import { needsSrgb } from './profile.ts'

/** Long side of the raster that the subject is looked for in, px. */
const rasterSide = 512

/** Long side of the raster for colours and placeholders, px. */
const previewSide = 32

/** How a source is analysed. */
export interface AnalyseOptions extends ProbeOptions {
  /** Finds faces and things; never asked for SVG, which keeps the centre. Without it, what stands out is the subject. */
  readonly detect?: Detect
  /** Who looks, for the analysis. */
  readonly detector: string
}

/**
 * Probes the source and decodes it once, small: JPEG and WebP shrink while loading, and animations give their first frame.
 *
 * The small decode still reads the whole picture, so damage anywhere in it is found here and not at render time.
 *
 * @throws HeroError what `probeSource` throws, and `HERO_SOURCE_TRUNCATED`, `HERO_SOURCE_BROKEN`, `HERO_DETECTOR_FAILED`.
 */
export async function analyseSource(bytes: Uint8Array, options: AnalyseOptions): Promise<Analysis> {
  const { file, detect, detector } = options
  const facts = await probeSource(bytes, options)
  const { raster, note } = await decodeSmall(bytes, facts, options)
  const subject = facts.format === 'svg' ? centre : await orDetectorError(file, findSubject(raster, detect))
  const preview = await shrink(raster)
  return {
    facts: note === undefined || facts.notes.includes(note) ? facts : { ...facts, notes: [...facts.notes, note] },
    detector,
    subject,
    preview: { width: preview.width, height: preview.height, data: Buffer.from(preview.data).toString('base64') },
  }
}

async function decodeSmall(
  bytes: Uint8Array,
  facts: SourceFacts,
  { file, allowTruncated }: AnalyseOptions,
): Promise<{ raster: RgbRaster; note?: string }> {
  try {
    return { raster: await decode(bytes, facts, 'error') }
  } catch (cause) {
    const error = toDecodeError(cause, file)
    if (!allowTruncated || error.code === 'HERO_SOURCE_TOO_LARGE') throw error
    try {
      return { raster: await decode(bytes, facts, 'none'), note: endsTooEarly }
    } catch {
      throw error
    }
  }
}

async function decode(bytes: Uint8Array, facts: SourceFacts, failOn: 'error' | 'none'): Promise<RgbRaster> {
  const sharp = await loadSharp()
  // Pixels were counted by the probe.
  const pipeline = sharp(bytes, { failOn, limitInputPixels: false, ignoreIcc: facts.colour === 'srgb' })
    .autoOrient()
    .resize({ width: rasterSide, height: rasterSide, fit: 'inside', withoutEnlargement: true })
    // White under transparency: most pages are light, and the colours of transparent pixels are arbitrary.
    .flatten({ background: '#fff' })
  if (needsSrgb(facts)) pipeline.withIccProfile('srgb', { attach: false })
  const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}

async function shrink({ width, height, data }: RgbRaster): Promise<RgbRaster> {
  const sharp = await loadSharp()
  const pipeline = sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: previewSide, height: previewSide, fit: 'inside', withoutEnlargement: true })
    .raw()
  const small = await pipeline.toBuffer({ resolveWithObject: true })
  return { width: small.info.width, height: small.info.height, data: small.data }
}

async function orDetectorError<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    if (cause instanceof HeroError) throw cause
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new HeroError('HERO_DETECTOR_FAILED', `The detector failed (${said}).`, { file, cause })
  }
}
