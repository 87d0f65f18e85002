/** Ranges of bytes (RFC 9110, section 14): one range; several, or what cannot be read, mean the whole file, as the standard allows. */
import type { ByteRange } from '../storage/storage.ts'

/**
 * Reads a Range header.
 *
 * @param size of the file
 * @returns undefined for the whole file, `outside` when no byte of the range is in it
 */
export function readRange(header: string | undefined, size: number): ByteRange | 'outside' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '')
  const [, from = '', to = ''] = match ?? []
  if (from === '' && to === '') return undefined
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length === 0 ? 'outside' : { start: size - length, end: size - 1 }
  }
  const start = Number(from)
  if (to !== '' && Number(to) < start) return undefined
  if (start >= size) return 'outside'
  return { start, end: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}
