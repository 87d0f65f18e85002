/** Opens bytes of strangers as a picture: four formats, nothing but the first frame, no more pixels than allowed. Runs in the child only. */
import sharp, { type Metadata, type Sharp, type SharpInput, type SharpOptions } from 'sharp'
import type { DecoderLimits, Refusal } from './messages.ts'
import type { PictureType } from './operations.ts'

/** The picture is refused for a reason that can be told. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly reason: Refusal

  constructor(reason: Refusal) {
    super(reason)
    this.reason = reason
  }
}

/** A picture whose header is fine; its pixels are still to come. */
export interface OpenPicture {
  readonly mediaType: PictureType
  /** As people see it, after its orientation. */
  readonly width: number
  readonly height: number
  readonly hasAlpha: boolean
  /** A pipeline over the picture as stored; reading it fails where the file is damaged. */
  pipeline(): Sharp
}

/** Loaders that read from memory and are fuzzed all the time; all others, SVG and PDF before all, are locked. */
const loaders = [
  'VipsForeignLoadJpegBuffer',
  'VipsForeignLoadPngBuffer',
  'VipsForeignLoadWebpBuffer',
  'VipsForeignLoadHeifBuffer',
]

/** Locks what is not needed; once, before the first picture. */
export function lockDecoder(): void {
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: loaders })
  sharp.cache(false)
  // Several pictures are decoded at once, in as many processes.
  sharp.concurrency(1)
}

/** Reads the header. @throws Refused */
export async function openPicture(bytes: SharpInput & Uint8Array, limits: DecoderLimits): Promise<OpenPicture> {
  const options = {
    failOn: 'error',
    sequentialRead: true,
    pages: 1,
    limitInputPixels: limits.pixels,
  } satisfies SharpOptions
  const metadata = await readMetadata(bytes)
  const mediaType = toMediaType(metadata)
  if (metadata.width * metadata.height > limits.pixels) throw new Refused('too-many-pixels')
  return {
    mediaType,
    width: metadata.autoOrient.width,
    height: metadata.autoOrient.height,
    hasAlpha: metadata.hasAlpha,
    pipeline: () => sharp(bytes, options),
  }
}

async function readMetadata(bytes: Uint8Array): Promise<Metadata> {
  try {
    return await sharp(bytes, { failOn: 'none', limitInputPixels: false, pages: 1 }).metadata()
  } catch {
    throw new Refused('undecodable')
  }
}

function toMediaType({ format, compression }: Metadata): PictureType {
  if (format === 'jpeg' || format === 'png' || format === 'webp') return `image/${format}`
  if (format === 'heif' && compression === 'av1') return 'image/avif'
  throw new Refused('unsupported-format')
}
