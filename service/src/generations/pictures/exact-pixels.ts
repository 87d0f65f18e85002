/**
 * Pixels of a photo as they are: turned upright, eight bits, in the colours of its own profile. "Kept exactly" means these bytes. Runs in decoders only: the files are
 * strangers'.
 */
import sharp, { type Sharp } from 'sharp'
import type { DecoderLimits } from '../../decode/messages.ts'
import { openPicture } from '../../decode/open-picture.ts'

/** A raster. */
export interface Pixels {
  readonly data: Buffer
  readonly width: number
  readonly height: number
  readonly channels: 3 | 4
  /** Profile of the colours; absent: sRGB. */
  readonly profile?: Buffer
}

/**
 * Decodes a photo.
 *
 * @param keeps which profiles stay; of others the picture becomes sRGB
 */
export async function readPixels(
  file: Uint8Array,
  limits: DecoderLimits,
  keeps: (profile: Buffer) => boolean = () => true,
): Promise<Pixels> {
  const { pipeline } = await openPicture(file, limits)
  const { space, icc, channels } = await pipeline().metadata()
  // Profiles of grey and of printing inks describe other channels than ours.
  const profile = icc !== undefined && space === 'srgb' && channels >= 3 && keeps(icc) ? icc : undefined
  const upright = pipeline().autoOrient()
  const pixels = await toPixels(profile === undefined ? upright.toColourspace('srgb') : upright.keepIccProfile())
  return profile === undefined ? pixels : { ...pixels, profile }
}

/** What a pipeline gives, as colours with or without transparency. */
export async function toPixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  if (channels === 3 || channels === 4) return { data, width, height, channels }
  return spread(data, width, height, channels)
}

/** Grey is three equal channels. */
function spread(grey: Buffer, width: number, height: number, channels: 1 | 2): Pixels {
  const wide = channels === 1 ? 3 : 4
  const data = Buffer.alloc(width * height * wide)
  for (let index = 0; index < width * height; index += 1) {
    data.fill(grey[index * channels] ?? 0, index * wide, index * wide + 3)
    if (wide === 4) data[index * wide + 3] = grey[index * channels + 1] ?? 0
  }
  return { data, width, height, channels: wide }
}

/** As many channels as wanted; those that were missing are opaque. */
export function withChannels(pixels: Pixels, channels: 3 | 4): Pixels {
  if (pixels.channels === channels) return pixels
  const count = pixels.width * pixels.height
  const data = Buffer.alloc(count * channels, 255)
  for (let index = 0; index < count; index += 1) {
    const from = index * pixels.channels
    pixels.data.copy(data, index * channels, from, from + 3)
  }
  return { ...pixels, data, channels }
}

/** A raster for sharp. */
export function toSharp({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } })
}
