/** Crop rectangles and subject boxes as an SVG that lies over the photo. Pure. */
import type { PlannedCrop, RelativeRect, Size, Subject } from '@hero-image/core'

/** Far apart for most eyes, colour-blind ones included: the palette of Okabe and Ito. */
export const cropColours: readonly string[] = [
  '#e69f00',
  '#56b4e9',
  '#009e73',
  '#f0e442',
  '#0072b2',
  '#d55e00',
  '#cc79a7',
]

interface Pen {
  /** Width of a crop's line; all of it lies inside the crop. */
  readonly line: number
  readonly font: number
}

/**
 * Draws every crop in a colour of its own, with its name, and the parts of the subject in white.
 *
 * @param photo size of the source, px
 * @param preview size of the picture the overlay is for, px
 */
export function toOverlay(photo: Size, preview: Size, crops: readonly PlannedCrop[], subject: Subject): string {
  const { width, height } = preview
  const longest = Math.max(width, height)
  const pen: Pen = { line: clamp(longest / 400, 2, 4), font: clamp(longest / 60, 9, 20) }
  const boxes = subject.boxes.map(({ kind, box }) => drawSubject(kind, box, preview, pen))
  const frames = crops.map(({ name, rect }, index) =>
    drawCrop(
      name,
      {
        left: (rect.left * width) / photo.width,
        top: (rect.top * height) / photo.height,
        width: (rect.width * width) / photo.width,
        height: (rect.height * height) / photo.height,
      },
      index,
      pen,
    ),
  )
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `${frames.join('')}${boxes.join('')}</svg>`
  )
}

interface Frame extends Size {
  readonly left: number
  readonly top: number
}

/** The name stands on a plate of the crop's colour; crops often share a corner, so each has a line of its own. */
function drawCrop(name: string, { left, top, width, height }: Frame, index: number, { line, font }: Pen): string {
  const colour = cropColours[index % cropColours.length] ?? 'red'
  const plateTop = top + line + index * (font * 1.4 + 2)
  const plateWidth = [...name].length * font * 0.65 + font * 0.6
  return (
    `<rect x="${left + line / 2}" y="${top + line / 2}" width="${Math.max(0, width - line)}" ` +
    `height="${Math.max(0, height - line)}" fill="none" stroke="${colour}" stroke-width="${line}"/>` +
    `<rect x="${left + line}" y="${plateTop}" width="${plateWidth}" height="${font * 1.4}" fill="${colour}"/>` +
    toText(name, left + line + font * 0.3, plateTop + font, '#000', font)
  )
}

/** A dashed box, or a ring where the subject is a point; black under white shows on every photo. */
function drawSubject(kind: string, box: RelativeRect, { width, height }: Size, { line, font }: Pen): string {
  const [left, top] = [box.x * width, box.y * height]
  const isPoint = box.width * width < 1 || box.height * height < 1
  const shape = isPoint
    ? `<circle cx="${left}" cy="${top}" r="${font / 2}" fill="none"`
    : `<rect x="${left}" y="${top}" width="${box.width * width}" height="${box.height * height}" fill="none" stroke-dasharray="8 6"`
  const textLeft = left + (isPoint ? font : line * 2)
  const textTop = top + (isPoint ? font / 3 : font)
  return (
    `${shape} stroke="#000" stroke-width="${line + 2}"/>${shape} stroke="#fff" stroke-width="${line}"/>` +
    toText(kind, textLeft + 1, textTop + 1, '#000', font) +
    toText(kind, textLeft, textTop, '#fff', font)
  )
}

function toText(text: string, left: number, baseline: number, colour: string, size: number): string {
  return `<text x="${left}" y="${baseline}" fill="${colour}" font-family="monospace" font-weight="bold" font-size="${size}">${escapeText(text)}</text>`
}

/** Names come from a config file: whatever XML could read as markup, or could not hold at all, is replaced. */
function escapeText(text: string): string {
  return text
    .replace(/\p{Cc}|\p{Cs}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)))
}
