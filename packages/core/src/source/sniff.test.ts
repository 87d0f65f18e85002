import { describe, expect, it } from 'vitest'
import { isHeroError } from '../errors.ts'
import { sniffSource } from './sniff.ts'

const latin1 = (text: string): Buffer => Buffer.from(text.padEnd(64, '\0'), 'latin1')
const box = (...brands: string[]): Buffer =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 8 + 4 * brands.length + 4]),
    latin1(`ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`),
  ])

function refusal(bytes: Uint8Array): string {
  try {
    return sniffSource(bytes, 'hero.jpg')
  } catch (error) {
    return isHeroError(error) ? `${error.code} ${error.reason} ${error.hint}` : String(error)
  }
}

describe('sniffSource', () => {
  it.each([
    ['jpeg', '\xff\xd8\xff\xe0'],
    ['png', '\x89PNG\r\n\x1a\n'],
    ['gif', 'GIF89a'],
    ['webp', 'RIFF\x10\0\0\0WEBPVP8 '],
    ['tiff', 'II*\0'],
    ['tiff', 'MM\0*'],
  ])('knows %s', (format, head) => {
    expect(sniffSource(latin1(head), 'hero.jpg')).toBe(format)
  })

  it('goes by all brands of an ISO file', () => {
    expect(sniffSource(box('avif', 'mif1'), '')).toBe('avif')
    expect(sniffSource(box('mif1', 'miaf', 'avif'), '')).toBe('avif')
    expect(sniffSource(box('avis', 'avif'), '')).toBe('avif')
    for (const brand of ['heic', 'heix', 'mif1', 'msf1'])
      expect(refusal(box(brand))).toMatch(/HERO_UNSUPPORTED_FORMAT.*HEIC/)
    expect(refusal(box('crx '))).toMatch(/HERO_UNSUPPORTED_FORMAT.*Canon/)
    for (const brand of ['isom', 'mp42', 'qt  ']) expect(refusal(box(brand))).toMatch(/HERO_NOT_AN_IMAGE.*video/)
  })

  it.each([
    ['HERO_UNSUPPORTED_FORMAT', 'JPEG XL', '\xff\x0a'],
    ['HERO_UNSUPPORTED_FORMAT', 'JPEG XL', '\0\0\0\x0cJXL \r\n\x87\n'],
    ['HERO_UNSUPPORTED_FORMAT', 'JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n'],
    ['HERO_UNSUPPORTED_FORMAT', 'Photoshop', '8BPS'],
    ['HERO_UNSUPPORTED_FORMAT', 'PDF', '%PDF-1.7'],
    ['HERO_UNSUPPORTED_FORMAT', 'bitmap', 'BM\x36\x10\0\0\0\0\0\0'],
    ['HERO_UNSUPPORTED_FORMAT', 'gunzip', '\x1f\x8b\x08'],
    ['HERO_NOT_AN_IMAGE', 'WebM', '\x1aE\xdf\xa3'],
    ['HERO_NOT_AN_IMAGE', 'ZIP', 'PK\x03\x04'],
    ['HERO_NOT_AN_IMAGE', 'no known picture', '\x01\x02\x03\x04\0\0'],
    ['HERO_NOT_AN_IMAGE', 'no known picture', ''],
  ])('refuses with %s: %s', (code, word, head) => {
    expect(refusal(latin1(head))).toMatch(new RegExp(`${code}.*${word}`))
  })

  it('copes with files of a few bytes', () => {
    for (const bytes of [[], [0xff], [0xff, 0xd8], [0, 0, 0, 0, 0x66, 0x74, 0x79, 0x70]]) {
      expect(refusal(Uint8Array.from(bytes))).toContain('HERO_')
    }
  })
})

describe('text', () => {
  const text = (content: string): Buffer => Buffer.from(content)

  it.each([
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<svg/>',
    '<?xml version="1.0"?><!-- made by > hand -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x.dtd">\n<svg>',
    '<!DOCTYPE svg [ <!ENTITY ns "http://www.w3.org/2000/svg"> ]><svg xmlns="&ns;">',
    '  \n<s:svg xmlns:s="http://www.w3.org/2000/svg"/>',
  ])('knows SVG: %s', (content) => {
    expect(sniffSource(text(content), 'hero.png')).toBe('svg')
  })

  it('knows SVG in UTF-16', () => {
    expect(sniffSource(Buffer.from('\ufeff<svg width="9"/>', 'utf16le'), '')).toBe('svg')
  })

  it.each([
    ['HERO_NOT_AN_IMAGE.*web page', '<!doctype html><html><body><svg></svg>'],
    ['HERO_NOT_AN_IMAGE.*web page', '<!-- x --><html>'],
    ['HERO_NOT_AN_IMAGE.*git lfs pull', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'],
    ['HERO_NOT_AN_IMAGE.*text file', '<svgfoo/>'],
    ['HERO_NOT_AN_IMAGE.*text file', 'export default 1 // <svg/>'],
    ['HERO_NOT_AN_IMAGE.*text file', `<!DOCTYPE svg ${'<!-- '.repeat(2000)}`],
  ])('refuses %s', (pattern, content) => {
    expect(refusal(text(content))).toMatch(new RegExp(pattern))
  })
})
