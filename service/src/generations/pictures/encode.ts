/** Pixels → PNG: what promises exact pixels has to be lossless, and everything reads it. */
import { crc32, deflateSync } from 'node:zlib'
import { type Pixels, toSharp } from './exact-pixels.ts'

/** Encodes. The profile is put in as it was; asking the encoder for it would convert the pixels. */
export async function encodePng(pixels: Pixels): Promise<Buffer> {
  const png = await toSharp(pixels).png({ compressionLevel: 6, adaptiveFiltering: true }).toBuffer()
  return pixels.profile === undefined ? png : withProfile(png, pixels.profile)
}

/** Length of the signature and of the header chunk, after which a profile may stand. */
const headEnd = 8 + 25

function withProfile(png: Buffer, profile: Buffer): Buffer {
  return Buffer.concat([
    png.subarray(0, headEnd),
    toChunk('iCCP', Buffer.concat([Buffer.from('photo\0\0', 'latin1'), deflateSync(profile)])),
    png.subarray(headEnd),
  ])
}

function toChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const head = Buffer.alloc(4)
  head.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([head, named, sum])
}
