/** What a file is that has no binary signature: SVG, a web page, a Git LFS pointer, other text, or unknown bytes. */
import { HeroError } from '../errors.ts'

const prologue =
  /^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE\s+(?:[\w-]+:)?svg\b(?:[^[>]|\[[\s\S]*?\]\s*(?=>))*>)*/i

/**
 * `svg` for an SVG document, which may begin with a byte order mark, an XML declaration, comments and a doctype.
 *
 * @throws HeroError `HERO_NOT_AN_IMAGE` saying what the file is instead.
 */
export function sniffText(bytes: Uint8Array, file: string): 'svg' {
  const text = toText(bytes.subarray(0, 65_536))
  if (text === undefined) throw new HeroError('HERO_NOT_AN_IMAGE', 'These bytes are no known picture format.', { file })
  const start = text.replace(prologue, '')
  if (/^<(?:[\w-]+:)?svg[\s/>]/.test(start)) return 'svg'
  if (text.startsWith('version https://git-lfs.github.com/')) {
    const hint = 'Run `git lfs pull`; in CI, let the checkout step fetch LFS files.'
    throw new HeroError('HERO_NOT_AN_IMAGE', 'This is a Git LFS pointer; the photo was not downloaded.', { file, hint })
  }
  if (/^<(?:!doctype html|html|head|body)\b/i.test(start)) {
    const hint = 'The download probably saved an error page; fetch the photo again.'
    throw new HeroError('HERO_NOT_AN_IMAGE', 'This is a web page.', { file, hint })
  }
  throw new HeroError('HERO_NOT_AN_IMAGE', 'This is a text file.', { file })
}

/** The text of bytes, or undefined where they are none: text has no NUL and is valid in its encoding. */
function toText(bytes: Uint8Array): string | undefined {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  const text = new TextDecoder(encoding).decode(bytes)
  if (text.includes('\0')) return undefined
  // Other 8-bit encodings of SVG are allowed, so a few undecodable letters are; mostly undecodable bytes are no text.
  const undecodable = text.split('\ufffd').length - 1
  return undecodable * 10 > text.length ? undefined : text
}
