/** A picture of crops before and after, so that a person can accept what is seen. */
import { readFile } from 'node:fs/promises'
import type { LockedCrop, Size } from '@hero-image/core'
import sharp, { type OverlayOptions } from 'sharp'
import { escapeText } from '../inspect/overlay.ts'
import { asPreview } from '../inspect/preview.ts'
import type { CropChange } from './compare.ts'

/** Longest side of a crop on the sheet, px. */
const side = 320
const gap = 16
const caption = 24

/**
 * A JPEG with a row for each crop: as it was pinned on the left, as it is computed on the right.
 *
 * @param file absolute path of the photo
 * @param pixels most pixels the photo may have
 */
export async function drawSheet(file: string, crops: readonly CropChange[], pixels: number): Promise<Buffer> {
  const photo = await sharp(await readFile(file), { limitInputPixels: pixels, failOn: 'none' })
    .autoOrient()
    .resize({ width: 1600, height: 1600, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true })
  const rows = await Promise.all(
    crops.map(async ({ pin, before, after }) => {
      const cells = await Promise.all([before, after].map((crop) => crop && cut(photo, crop)))
      const captions = [before === undefined ? '' : describe(`${pin} before`, before), describe(`${pin} after`, after)]
      return { cells, captions }
    }),
  )
  const parts: OverlayOptions[] = []
  let top = gap
  for (const { cells, captions } of rows) {
    for (const [column, text] of captions.entries()) {
      const left = gap + column * (side + gap)
      parts.push({ input: Buffer.from(toCaption(text)), left, top })
      const cell = cells[column]
      if (cell !== undefined) parts.push({ input: cell.data, left, top: top + caption })
    }
    top += caption + Math.max(...cells.map((cell) => cell?.info.height ?? 0)) + gap
  }
  const size = { width: 2 * side + 3 * gap, height: top }
  return asPreview(sharp({ create: { ...size, channels: 3, background: '#fff' } }).composite(parts))
    .jpeg({ quality: 85 })
    .toBuffer()
}

interface Picture {
  readonly data: Buffer
  readonly info: Size
}

function cut({ data, info }: Picture, { x, y, width, height }: LockedCrop): Promise<Picture> {
  const left = Math.min(info.width - 1, Math.round(x * info.width))
  const top = Math.min(info.height - 1, Math.round(y * info.height))
  const size = {
    width: Math.max(1, Math.min(info.width - left, Math.round(width * info.width))),
    height: Math.max(1, Math.min(info.height - top, Math.round(height * info.height))),
  }
  return sharp(data)
    .extract({ left, top, ...size })
    .resize({ width: side, height: side, fit: 'inside' })
    .png()
    .toBuffer({ resolveWithObject: true })
}

function describe(what: string, { kept, by }: LockedCrop): string {
  return `${what}: keeps ${Math.round(kept * 100)} % (${by})`
}

function toCaption(text: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${caption}">` +
    `<text x="0" y="16" font-family="monospace" font-size="13">${escapeText(text)}</text></svg>`
  )
}
