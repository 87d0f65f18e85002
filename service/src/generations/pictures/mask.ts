/** Masks of people, and masks for providers. Runs in decoders only. */
import type { Rect, Size } from '@hero-image/core/crop'
import sharp from 'sharp'
import type { DecoderLimits } from '../../decode/messages.ts'
import { openPicture } from '../../decode/open-picture.ts'

/** A mask as one byte per pixel of a size: 255 is changed, 0 is kept; what is transparent is kept. */
export async function readMask(file: Uint8Array, { width, height }: Size, limits: DecoderLimits): Promise<Buffer> {
  const { pipeline } = await openPicture(file, limits)
  return pipeline()
    .autoOrient()
    .flatten({ background: '#000' })
    .toColourspace('b-w')
    .resize(width, height, { fit: 'fill', kernel: 'linear' })
    .extractChannel(0)
    .raw({ depth: 'uchar' })
    .toBuffer()
}

/** The mask of an extension: everything is drawn but the photo. */
export function maskAround(size: Size, kept: Rect): Buffer {
  const mask = Buffer.alloc(size.width * size.height, 255)
  for (let y = kept.top; y < kept.top + kept.height; y += 1) {
    mask.fill(0, y * size.width + kept.left, y * size.width + kept.left + kept.width)
  }
  return mask
}

/** A mask as a provider wants it: white where it draws, or transparent there. */
export async function encodeMask(
  mask: Buffer,
  { width, height }: Size,
  style: 'white' | 'transparent',
): Promise<Buffer> {
  if (style === 'white')
    return sharp(mask, { raw: { width, height, channels: 1 } })
      .png()
      .toBuffer()
  const data = Buffer.alloc(mask.length * 4)
  for (const [index, share] of mask.entries()) data[index * 4 + 3] = 255 - share
  return sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer()
}
