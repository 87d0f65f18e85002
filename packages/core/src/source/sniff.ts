/** Which format a file really has, told by its bytes; its extension is never trusted. */
import { HeroError } from '../errors.ts'
import type { SourceFormat } from '../types.ts'
import { sniffText } from './sniff-text.ts'

const toJpeg = 'Export it as JPEG, PNG, WebP or AVIF.'

/** Bytes at an offset that tell a format; `?` in a pattern matches any byte. */
type Signature = readonly [pattern: string, offset: number]

const supported: readonly (readonly [SourceFormat, Signature])[] = [
  ['jpeg', ['\xff\xd8\xff', 0]],
  ['png', ['\x89PNG\r\n\x1a\n', 0]],
  ['gif', ['GIF87a', 0]],
  ['gif', ['GIF89a', 0]],
  ['webp', ['RIFF????WEBP', 0]],
  ['tiff', ['II*\0', 0]],
  ['tiff', ['MM\0*', 0]],
  ['tiff', ['II+\0', 0]],
  ['tiff', ['MM\0+', 0]],
]

const unsupported: readonly (readonly [name: string, hint: string, Signature])[] = [
  ['JPEG XL', toJpeg, ['\xff\x0a', 0]],
  ['JPEG XL', toJpeg, ['\0\0\0\x0cJXL \r\n\x87\n', 0]],
  ['JPEG 2000', toJpeg, ['\0\0\0\x0cjP  \r\n\x87\n', 0]],
  ['JPEG 2000', toJpeg, ['\xffO\xffQ', 0]],
  ['Photoshop', toJpeg, ['8BPS', 0]],
  ['OpenEXR', toJpeg, ['v/1\x01', 0]],
  ['Radiance HDR', toJpeg, ['#?RADIANCE', 0]],
  ['Fujifilm raw', toJpeg, ['FUJIFILMCCD-RAW', 0]],
  ['PDF', 'Export the page as PNG or SVG.', ['%PDF-', 0]],
  ['Windows icon', 'Export its largest picture as PNG.', ['\0\0\x01\0', 0]],
  ['Windows bitmap', 'Convert it to PNG.', ['BM????\0\0\0\0', 0]],
  ['compressed SVG', 'Unpack it with gunzip and name it .svg.', ['\x1f\x8b', 0]],
]

const notImages: readonly (readonly [name: string, hint: string, Signature])[] = [
  ['a video (Matroska, WebM)', 'Export a frame as JPEG or PNG.', ['\x1aE\xdf\xa3', 0]],
  ['a video (AVI)', 'Export a frame as JPEG or PNG.', ['RIFF????AVI ', 0]],
  ['a sound file', 'Name a picture.', ['RIFF????WAVE', 0]],
  ['a ZIP archive', 'Unpack it and name the photo in it.', ['PK\x03\x04', 0]],
]

/**
 * The format of a source.
 *
 * @throws HeroError `HERO_UNSUPPORTED_FORMAT` for pictures that cannot be read here (HEIC, JPEG XL, PSD …), `HERO_NOT_AN_IMAGE` for all else (text,
 * web pages, video, Git LFS pointers), each with the hint that fits.
 */
export function sniffSource(bytes: Uint8Array, file: string): SourceFormat {
  const head = toLatin1(bytes.subarray(0, 64))
  for (const [format, signature] of supported) if (matches(head, signature)) return format
  if (matches(head, ['ftyp', 4])) return sniffBoxes(bytes, file)
  for (const [name, hint, signature] of unsupported) {
    if (matches(head, signature))
      throw new HeroError('HERO_UNSUPPORTED_FORMAT', `This is a ${name} file.`, { file, hint })
  }
  for (const [name, hint, signature] of notImages) {
    if (matches(head, signature)) throw new HeroError('HERO_NOT_AN_IMAGE', `This is ${name}.`, { file, hint })
  }
  return sniffText(bytes, file)
}

/** The ISO base media family: AVIF, HEIC, Canon raw and video differ by the brands in their first box. */
function sniffBoxes(bytes: Uint8Array, file: string): SourceFormat {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0)
  const box = toLatin1(bytes.subarray(0, Math.min(Math.max(length, 12), 256)))
  const brands = [box.slice(8, 12), ...(box.slice(16).match(/[\s\S]{4}/g) ?? [])]
  if (brands.includes('avif') || brands.includes('avis')) return 'avif'
  if (brands.some((brand) => /^(hei[cxms]|hev[cxms]|mif1|msf1|mif2)$/.test(brand))) {
    const hint = 'Export it as JPEG or AVIF; iPhones do so with Settings → Camera → Formats → Most Compatible.'
    throw new HeroError('HERO_UNSUPPORTED_FORMAT', 'This is a HEIC photo.', { file, hint })
  }
  if (brands.includes('crx ')) {
    throw new HeroError('HERO_UNSUPPORTED_FORMAT', 'This is a Canon raw file.', { file, hint: toJpeg })
  }
  throw new HeroError('HERO_NOT_AN_IMAGE', 'This is a video (MP4, QuickTime).', {
    file,
    hint: 'Export a frame as JPEG or PNG.',
  })
}

function matches(head: string, [pattern, offset]: Signature): boolean {
  if (head.length < offset + pattern.length) return false
  return [...pattern].every((char, index) => char === '?' || head[offset + index] === char)
}

function toLatin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
