/** Draws an inspection, so that a person can look at the crops. */
import { readFile } from 'node:fs/promises'
import { HeroError, type Size } from '@hero-image/core'
import sharp, { type Sharp } from 'sharp'
import { readIfThere, replaceFile } from '../write-output.ts'
import type { Inspection } from './inspection.ts'
import { toOverlay } from './overlay.ts'

/** Longest side of a preview, px. */
const longestSide = 1600

/** Written into previews, so that the next one may replace them; any other file stays. */
const signature = 'hero-image preview'

/**
 * Writes the photo with its crops and subject drawn over it, in the format that the file's ending says.
 *
 * @param file absolute path of the preview
 * @param pixels most pixels the photo may have
 * @throws HeroError HERO_OUTPUT_DIFFERS when a file is there that is no preview, HERO_OUTPUT_UNWRITABLE
 */
export async function writePreview(file: string, inspection: Inspection, pixels: number): Promise<void> {
  await replacePreview(file, () => renderPreview(file, inspection, pixels))
}

/**
 * Writes a picture in place of an earlier preview.
 *
 * @throws HeroError HERO_OUTPUT_DIFFERS when a file is there that is no preview, HERO_OUTPUT_UNWRITABLE
 */
export async function replacePreview(file: string, render: () => Promise<Buffer>): Promise<void> {
  const there = await readIfThere(file)
  if (there !== undefined && !there.includes(signature)) {
    throw new HeroError('HERO_OUTPUT_DIFFERS', 'This file is there already and is no preview.', {
      file,
      hint: 'Move it away, or choose another name for the preview.',
    })
  }
  replaceFile(file, await render())
}

/** Marks a picture, so that the next preview may replace it. */
export function asPreview(picture: Sharp): Sharp {
  return picture.withExif({ IFD0: { Software: signature } })
}

async function renderPreview(
  file: string,
  { facts, crops, subject, ...photo }: Inspection,
  pixels: number,
): Promise<Buffer> {
  const size = toPreviewSize(facts)
  const picture = asPreview(
    sharp(await readFile(photo.file), { limitInputPixels: pixels, failOn: 'none' })
      .autoOrient()
      .resize({ ...size, fit: 'fill' })
      .flatten({ background: '#fff' })
      .composite([{ input: Buffer.from(toOverlay(facts, size, crops, subject)) }]),
  )
  if (/\.png$/i.test(file)) return picture.png().toBuffer()
  if (/\.webp$/i.test(file)) return picture.webp().toBuffer()
  if (/\.avif$/i.test(file)) return picture.avif({ effort: 1 }).toBuffer()
  return picture.jpeg({ quality: 85, chromaSubsampling: '4:4:4' }).toBuffer()
}

function toPreviewSize({ width, height }: Size): Size {
  const scale = Math.min(1, longestSide / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
