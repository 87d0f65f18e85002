/** Tokens of programs: `hero_` and 256 random bits with a checksum, so that scanners of repositories find leaked ones and typing errors cost no look-up. */
import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** A token as its owner gets it, once. */
export function createTokenText(): string {
  const random = randomBytes(32).toString('base64url')
  return `hero_${random}${toChecksum(random)}`
}

/** True for texts that can be a token of ours at all. */
export function looksLikeToken(text: string): boolean {
  const [, random = '', checksum = ''] = /^hero_([\w-]{43})([\w-]{6})$/.exec(text) ?? []
  return random !== '' && toChecksum(random) === checksum
}

/** What is kept of a token. The token is random, so a plain hash is enough. */
export function hashToken(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** The start of a token, by which its owner knows it again. */
export function toTokenPrefix(text: string): string {
  return text.slice(0, 'hero_'.length + 6)
}

function toChecksum(random: string): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(random))
  return bytes.toString('base64url')
}
