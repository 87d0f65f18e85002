/** Files that are made to do harm, and what has to become of them. */
import { randomBytes } from 'node:crypto'
import { constants, crc32, deflateSync } from 'node:zlib'
import { zipSync } from 'fflate'
import sharp from 'sharp'

/** A file. `taken`: it is a picture, whatever else it is, and may come in. */
export interface Hostile {
  readonly name: string
  readonly bytes: Buffer
  readonly isTaken: boolean
}

const svgHead = '<?xml version="1.0"?>'
const entities = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join(
  '',
)

const texts: Readonly<Record<string, string>> = {
  svg: `${svgHead}<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>`,
  'svg with script': `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`,
  'svg bomb': `${svgHead}<!DOCTYPE svg [<!ENTITY l0 "ha">${entities}]><svg xmlns="http://www.w3.org/2000/svg"><text>&l9;</text></svg>`,
  'svg that reads files': `${svgHead}<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>`,
  'svg that fetches': `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="http://169.254.169.254/"/></svg>`,
  'svg of a million pixels a side': `<svg xmlns="http://www.w3.org/2000/svg" width="1000000" height="1000000"/>`,
  pdf: '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF',
  postscript: '%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) (r) file\n',
  mvg: 'push graphic-context\nviewbox 0 0 640 480\nfill \'url(https://127.0.0.1/"|id; ")\'\npop graphic-context',
  msl: '<?xml version="1.0"?><image><read filename="/etc/passwd"/><write filename="/tmp/x.png"/></image>',
  html: '<!doctype html><script>alert(document.cookie)</script>',
  php: '<?php system($_GET["c"]); ?>',
  csv: '1,2,3\n4,5,6\n',
  ppm: 'P3\n2 2\n255\n1 2 3 4 5 6 7 8 9 10 11 12\n',
  'ppm, large': 'P6\n60000 60000\n255\n',
  pfm: 'PF\n2 2\n-1.0\n0000000000000000',
  xbm: '#define x_width 8\n#define x_height 1\nstatic char x_bits[] = { 0xff };',
  hdr: '#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 2 +X 2\n00000000',
  fits: `${'SIMPLE  =                    T'.padEnd(80)}${'END'.padEnd(80)}`.padEnd(2880),
  'name of a file': '/etc/passwd',
  'words that tools obey': 'ephemeral:/etc/passwd',
}

/** All of them. */
export async function makeHostile(): Promise<Hostile[]> {
  const picture = sharp({ create: { width: 120, height: 90, channels: 3, background: '#47a' } })
  const [png, jpeg, webp, avif] = await Promise.all([
    picture.clone().png().toBuffer(),
    picture.clone().jpeg().toBuffer(),
    picture.clone().webp().toBuffer(),
    picture.clone().avif({ effort: 0 }).toBuffer(),
  ])
  const zip = Buffer.from(zipSync({ 'a.txt': new Uint8Array([1, 2, 3]) }))
  const php = Buffer.from('<?php system($_GET["c"]); ?>')
  const refused: [string, Buffer][] = [
    ...Object.entries(texts).map(([name, text]): [string, Buffer] => [name, Buffer.from(text)]),
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from([0x89])],
    ['zeros', Buffer.alloc(1_000_000)],
    ['noise', randomBytes(1_000_000)],
    ['zip', zip],
    ['gzip of a picture', deflateSync(png)],
    ['gif', await picture.clone().gif().toBuffer()],
    ['tiff', await picture.clone().tiff().toBuffer()],
    ['vips file', Buffer.concat([Buffer.from([0x08, 0xf2, 0xa6, 0xb6]), Buffer.alloc(2000)])],
    ['bmp', Buffer.concat([Buffer.from('BM'), Buffer.alloc(200, 1)])],
    ['ico', Buffer.concat([Buffer.from([0, 0, 1, 0, 1, 0, 16, 16]), Buffer.alloc(300)])],
    ['jpeg 2000', Buffer.concat([Buffer.from('0000000c6a5020200d0a870a', 'hex'), Buffer.alloc(200)])],
    ['jpeg xl', Buffer.concat([Buffer.from('ff0a', 'hex'), Buffer.alloc(200)])],
    ['openexr', Buffer.concat([Buffer.from('762f3101', 'hex'), Buffer.alloc(200)])],
    ['heic', Buffer.from(avif.toString('latin1').replaceAll('avif', 'heic').replaceAll('av01', 'hvc1'), 'latin1')],
    ['png of 60,000 × 60,000', toPng(60_000, 60_000, deflateSync(Buffer.alloc(1_000_000)))],
    ['png of 2³¹ pixels a side', toPng(0x7fffffff, 0x7fffffff, deflateSync(Buffer.alloc(1000)))],
    ['png with no pixels', toPng(0, 0, deflateSync(Buffer.alloc(0)))],
    ['png, 7,000 × 7,000, cut short', toPng(7000, 7000, deflateSync(Buffer.alloc(1_000_000)))],
    ['png, cut short', png.subarray(0, png.length / 2)],
    ['jpeg, cut short', jpeg.subarray(0, jpeg.length / 2)],
    ['webp, cut short', webp.subarray(0, webp.length / 2)],
    ['avif, cut short', avif.subarray(0, avif.length / 2)],
    ['jpeg of 65,535 × 65,535', withSize(jpeg, 65_535)],
    ['php that begins like a jpeg', Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), php])],
    ['html that begins like a png', Buffer.concat([png.subarray(0, 8), Buffer.from('<script>alert(1)</script>')])],
    ['gif and script', Buffer.from('GIF89a/*\0\0*/=1;alert(1)//')],
  ]
  const taken: [string, Buffer][] = [
    ['jpeg with php in a comment', withComment(jpeg, php)],
    ['jpeg with a zip behind it', Buffer.concat([jpeg, zip])],
    ['png with a script behind it', Buffer.concat([png, Buffer.from('<script>alert(1)</script>')])],
    ['png with a bomb of text', withTextBomb(png)],
    ['png of 49 megapixels in a few kilobytes', toPng(7000, 7000, zeros(7000 * (875 + 1)))],
    ['webp with html behind it', Buffer.concat([webp, Buffer.from('<!doctype html><script>alert(1)</script>')])],
  ]
  return [
    ...refused.map(([name, bytes]) => ({ name, bytes, isTaken: false })),
    ...taken.map(([name, bytes]) => ({ name, bytes, isTaken: true })),
  ]
}

/** A PNG of one bit per pixel. */
function toPng(width: number, height: number, data: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
}

function zeros(length: number): Buffer {
  return deflateSync(Buffer.alloc(length), { level: constants.Z_BEST_COMPRESSION })
}

/** A hundred megabytes of text in a hundred kilobytes, after the header. */
function withTextBomb(png: Buffer): Buffer {
  const bomb = chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), zeros(100_000_000)]))
  return Buffer.concat([png.subarray(0, 33), bomb, png.subarray(33)])
}

/** In its frame header, wherever that stands. */
function withSize(jpeg: Buffer, side: number): Buffer {
  const copy = Buffer.from(jpeg)
  const frame = copy.indexOf(Buffer.from('ffc0', 'hex'))
  copy.writeUInt16BE(side, frame + 5)
  copy.writeUInt16BE(side, frame + 7)
  return copy
}

function withComment(jpeg: Buffer, text: Buffer): Buffer {
  const head = Buffer.from('fffe0000', 'hex')
  head.writeUInt16BE(text.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, text, jpeg.subarray(2)])
}
