/** Whether a file ends before its own structure says so: decoders tell this apart from other damage for JPEG only. */
import type { SourceFormat } from '../types.ts'

/** Note for a file that was accepted although it ends too early. */
export const endsTooEarly = 'The file ends too early; what is missing was filled up.'

/** True when the container promises more bytes than there are. Always false for JPEG (only decoding tells) and SVG. */
export function isCutShort(bytes: Uint8Array, format: SourceFormat): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (format === 'webp') return view.getUint32(4, true) + 8 > bytes.length
    if (format === 'png') return !reachesEnd(view, 8, pngChunk)
    if (format === 'avif') return !reachesEnd(view, 0, isoBox)
    if (format === 'gif') return !gifReachesTrailer(bytes)
    if (format === 'tiff') return tiffDirectoryEnd(view) > bytes.length
    return false
  } catch (error) {
    // A length or block that lies outside the file.
    if (error instanceof RangeError) return true
    throw error
  }
}

/** Gives the offset behind the part at `offset`, or undefined when that part is the last one. */
type Step = (view: DataView, offset: number) => number | undefined

function reachesEnd(view: DataView, start: number, step: Step): boolean {
  let offset = start
  while (offset < view.byteLength) {
    const next = step(view, offset)
    if (next === undefined) return true
    offset = next
  }
  return offset === view.byteLength && step !== pngChunk
}

function pngChunk(view: DataView, offset: number): number | undefined {
  const isEnd = view.getUint32(offset + 4) === 0x49454e44
  return isEnd ? undefined : offset + 12 + view.getUint32(offset)
}

function isoBox(view: DataView, offset: number): number | undefined {
  const size = view.getUint32(offset)
  // 0 means: up to the end of the file; 1 means: a 64-bit size follows.
  if (size === 0) return undefined
  return offset + Math.max(8, size === 1 ? Number(view.getBigUint64(offset + 8)) : size)
}

/** Bytes of a value by TIFF type number. */
const tiffTypes: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8]

/** Where the first directory and all values it points at end; most writers put both behind the pixels. */
function tiffDirectoryEnd(view: DataView): number {
  const little = view.getUint16(0) === 0x4949
  const isBig = view.getUint16(2, little) === 43
  const word = (at: number): number => (isBig ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little))
  const wordSize = isBig ? 8 : 4
  const start = word(isBig ? 8 : 4)
  const count = isBig ? word(start) : view.getUint16(start, little)
  const entrySize = 4 + 2 * wordSize
  const first = start + (isBig ? 8 : 2)
  let end = first + count * entrySize
  for (let entry = first; entry < first + count * entrySize; entry += entrySize) {
    const size = (tiffTypes[view.getUint16(entry + 2, little)] ?? 0) * word(entry + 4)
    if (size > wordSize) end = Math.max(end, word(entry + 4 + wordSize) + size)
  }
  return end
}

function gifReachesTrailer(bytes: Uint8Array): boolean {
  const at = (offset: number): number => {
    const byte = bytes[offset]
    if (byte === undefined) throw new RangeError('beyond the end')
    return byte
  }
  const tableSize = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  let offset = 13 + tableSize(at(10))
  for (;;) {
    const introducer = at(offset)
    if (introducer === 0x3b) return true
    if (introducer === 0x21) offset += 2
    else if (introducer === 0x2c) offset += 11 + tableSize(at(offset + 9))
    // Anything else is damage of another kind; the decoder says which.
    else return true
    for (let size = at(offset); size > 0; size = at(offset)) offset += size + 1
    offset += 1
  }
}
