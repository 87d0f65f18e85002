/** The facts about a source that its header tells. */
import type { Metadata } from 'sharp'
import { HeroError } from '../errors.ts'
import type { SourceFacts, SourceFormat } from '../types.ts'
import { endsTooEarly, isCutShort } from './cut-short.ts'
import { toDecodeError } from './decode-error.ts'
import { loadSharp } from './load-sharp.ts'
import { decideColour } from './profile.ts'
import { hashSource } from './read.ts'
import { sniffSource } from './sniff.ts'

/** How a source is read. */
export interface ProbeOptions {
  /** Path for messages. */
  readonly file: string
  /** Most pixels a source may have, all frames of an animation together. */
  readonly pixels: number
  /** Accept a file that ends too early. */
  readonly allowTruncated: boolean
}

/**
 * Reads the facts from the header; no pixel is decoded, so that a decompression bomb is refused at no cost.
 *
 * @throws HeroError `HERO_UNSUPPORTED_FORMAT`, `HERO_NOT_AN_IMAGE`, `HERO_SOURCE_TOO_LARGE`, `HERO_SOURCE_TRUNCATED`, `HERO_SOURCE_BROKEN`.
 */
export async function probeSource(bytes: Uint8Array, options: ProbeOptions): Promise<SourceFacts> {
  const { file, pixels, allowTruncated } = options
  const format = sniffSource(bytes, file)
  const cutShort = isCutShort(bytes, format)
  if (cutShort && !allowTruncated) {
    throw new HeroError('HERO_SOURCE_TRUNCATED', 'The file ends before its last part.', { file })
  }
  const metadata = await readMetadata(bytes, file, cutShort)
  if (format === 'avif' && metadata.compression !== 'av1') {
    throw new HeroError('HERO_UNSUPPORTED_FORMAT', 'This HEIF file holds no AV1 picture.', { file })
  }
  const frames = format === 'gif' || format === 'webp' ? (metadata.pages ?? 1) : 1
  // Frames are never rotated, so those of an animation count as they are stored.
  const { width, height } = frames > 1 ? metadata : metadata.autoOrient
  refuseBomb({ width, height, frames }, pixels, file)
  const { notes, ...colour } = decideColour(metadata.space, metadata.icc)
  const hasGainMap = format === 'jpeg' && metadata.gainMap !== undefined
  // For these two, sharp turns a gain map the wrong way when it is cropped.
  const isMirrored = metadata.orientation === 5 || metadata.orientation === 7
  return {
    hash: hashSource(bytes),
    bytes: bytes.length,
    format,
    width,
    height,
    frames,
    alpha: metadata.hasAlpha,
    depth: metadata.depth === 'ushort' ? 16 : 8,
    ...colour,
    gainMap: hasGainMap && !isMirrored,
    notes: [
      ...notes,
      ...noteParts(metadata, format),
      ...(hasGainMap && isMirrored ? ['The photo is stored mirrored and turned, so its HDR gain map is dropped.'] : []),
      ...(cutShort ? [endsTooEarly] : []),
    ],
  }
}

async function readMetadata(bytes: Uint8Array, file: string, cutShort: boolean): Promise<Metadata> {
  const sharp = await loadSharp()
  try {
    // The limit is ours to check, since sharp's message names no numbers.
    return await sharp(bytes, { failOn: 'none', limitInputPixels: false }).metadata()
  } catch (cause) {
    if (!cutShort) throw toDecodeError(cause, file)
    const hint = 'Export the photo again; what is left of it cannot be read.'
    throw new HeroError('HERO_SOURCE_TRUNCATED', 'The file ends too early.', { file, hint, cause })
  }
}

function refuseBomb(size: { width: number; height: number; frames: number }, limit: number, file: string): void {
  const { width, height, frames } = size
  if (width * height * frames <= limit) return
  const times = frames > 1 ? ` × ${frames} frames` : ''
  const reason = `The picture has ${width} × ${height}${times} = ${width * height * frames} pixels; the limit is ${limit}.`
  throw new HeroError('HERO_SOURCE_TOO_LARGE', reason, { file })
}

/** Pages of a TIFF or AVIF are documents or bursts, not animations. */
function noteParts(metadata: Metadata, format: SourceFormat): string[] {
  const pages = metadata.pages ?? 1
  if (pages < 2 || (format !== 'tiff' && format !== 'avif')) return []
  return [`The file has ${pages} pictures; the ${format === 'avif' ? 'primary' : 'first'} one is used.`]
}
