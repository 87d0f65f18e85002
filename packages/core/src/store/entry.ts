/** Decides how an entry looks on disk: 8 bytes magic, 8 bytes payload length, 32 bytes SHA-256 of the payload, payload. */

import { createHash } from 'node:crypto'

/** Bytes before the payload. */
export const headerSize = 48

const magic = Buffer.from('HEROv1\r\n')
const lengthAt = 8
const hashAt = 16

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** The header that belongs before this payload. */
export function toEntryHeader(payload: Uint8Array): Uint8Array {
  const header = Buffer.alloc(headerSize)
  magic.copy(header)
  header.writeBigUInt64BE(BigInt(payload.length), lengthAt)
  sha256(payload).copy(header, hashAt)
  return header
}

/** True when a file with this header and this size in bytes can be a complete entry: the payload is not looked at. */
export function isEntryHeader(header: Uint8Array, fileSize: number): boolean {
  if (header.length !== headerSize || fileSize < headerSize) return false
  const view = Buffer.from(header.buffer, header.byteOffset, header.length)
  return view.subarray(0, lengthAt).equals(magic) && view.readBigUInt64BE(lengthAt) === BigInt(fileSize - headerSize)
}

/** True when the payload is the one the header was written for. */
export function isEntry(header: Uint8Array, payload: Uint8Array): boolean {
  return isEntryHeader(header, headerSize + payload.length) && sha256(payload).equals(header.subarray(hashAt))
}
