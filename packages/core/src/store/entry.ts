/** Decides how an entry looks on disk: 8 bytes magic, 8 bytes payload length, 4 bytes CRC-32 of the payload, payload. */
import { crc32 } from 'node:zlib'

/** Bytes before the payload. */
export const headerSize = 20

const magic = Buffer.from('HEROv2\r\n')
const lengthAt = 8
const checksumAt = 16

/** The header that belongs before this payload. */
export function toEntryHeader(payload: Uint8Array): Uint8Array {
  const header = Buffer.alloc(headerSize)
  magic.copy(header)
  header.writeBigUInt64BE(BigInt(payload.length), lengthAt)
  // Against torn writes and failing disks, not against people: whoever can change the payload can change any checksum.
  header.writeUInt32BE(crc32(payload), checksumAt)
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
  if (!isEntryHeader(header, headerSize + payload.length)) return false
  return Buffer.from(header.buffer, header.byteOffset, header.length).readUInt32BE(checksumAt) === crc32(payload)
}
