/** Crop rectangles, subject boxes and words about them as an SVG that lies over the photo. Pure. */
import {
  type PlannedCrop,
  type RelativeRect,
  type Size,
  type Subject,
  type SubjectBox,
  warningTexts,
} from '@hero-image/core'

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
 * Draws every crop in a colour of its own, with its name, why it lies there, and its text zone; and the parts of the subject in white.
 *
 * @param photo size of the source, px
 * @param preview size of the picture the overlay is for, px
 */
export function toOverlay(photo: Size, preview: Size, crops: readonly PlannedCrop[], subject: Subject): string {
  const { width, height } = preview
  const longest = Math.max(width, height)
  const pen: Pen = { line: clamp(longest / 400, 2, 4), font: clamp(longest / 60, 9, 20) }
  const boxes = subject.boxes.map((part) => drawSubject(part, preview, pen))
  const frames = crops.map((crop, index) => {
    const { rect } = crop
    const frame = {
      left: (rect.left * width) / photo.width,
      top: (rect.top * height) / photo.height,
      width: (rect.width * width) / photo.width,
      height: (rect.height * height) / photo.height,
    }
    return drawCrop(crop, frame, index, preview, pen)
  })
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `${frames.join('')}${boxes.join('')}</svg>`
  )
}

interface Frame extends Size {
  readonly left: number
  readonly top: number
}

/** The words stand on a plate of the crop's colour; crops often share a corner, so each has a line of its own. */
function drawCrop(crop: PlannedCrop, frame: Frame, index: number, preview: Size, { line, font }: Pen): string {
  const { left, top, width, height } = frame
  const colour = cropColours[index % cropColours.length] ?? 'red'
  const words = toWords(crop)
  const plateTop = top + line + index * (font * 1.4 + 2)
  const plateWidth = [...words].length * font * 0.65 + font * 0.6
  // A narrow crop at the right edge has more words than room.
  const plateLeft = Math.max(0, Math.min(left + line, preview.width - plateWidth))
  return (
    drawText(crop, frame, colour, { line, font }) +
    `<rect x="${left + line / 2}" y="${top + line / 2}" width="${Math.max(0, width - line)}" ` +
    `height="${Math.max(0, height - line)}" fill="none" stroke="${colour}" stroke-width="${line}"/>` +
    `<rect x="${plateLeft}" y="${plateTop}" width="${plateWidth}" height="${font * 1.4}" fill="${colour}"/>` +
    toText(words, plateLeft + font * 0.3, plateTop + font, '#000', font)
  )
}

/** `tall: keeps 2 of 2 faces; subject 94 %; ! face cut`. */
function toWords({ name, reason, warnings }: PlannedCrop): string {
  const words = [reason, ...warnings.map((warning) => `! ${warningTexts[warning]}`)].filter((word) => word !== '')
  return words.length === 0 ? name : `${name}: ${words.join('; ')}`
}

/** Where the headline goes. */
function drawText({ text }: PlannedCrop, frame: Frame, colour: string, { line, font }: Pen): string {
  if (text === undefined) return ''
  const left = frame.left + text.box.x * frame.width
  const top = frame.top + text.box.y * frame.height
  const [width, height] = [text.box.width * frame.width, text.box.height * frame.height]
  return (
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${colour}" fill-opacity="0.25" ` +
    `stroke="${colour}" stroke-width="${line / 2}" stroke-dasharray="2 4"/>` +
    toText('text', left + line * 2, top + height - font * 0.5, colour, font)
  )
}

/** A dashed box, or a ring where the subject is a point, with dots for eyes, nose, mouth and ears; black under white shows on every photo. */
function drawSubject({ kind, box, score, points = [] }: SubjectBox, { width, height }: Size, pen: Pen): string {
  const { line } = pen
  const words = score === undefined ? kind : `${kind} ${Math.round(score * 100)} %`
  const dots = points.map(
    ({ x, y }) => `<circle cx="${x * width}" cy="${y * height}" r="${line}" fill="#fff" stroke="#000"/>`,
  )
  return drawBox(words, box, { width, height }, pen) + dots.join('')
}

function drawBox(words: string, box: RelativeRect, { width, height }: Size, { line, font }: Pen): string {
  const [left, top] = [box.x * width, box.y * height]
  const isPoint = box.width * width < 1 || box.height * height < 1
  const shape = isPoint
    ? `<circle cx="${left}" cy="${top}" r="${font / 2}" fill="none"`
    : `<rect x="${left}" y="${top}" width="${box.width * width}" height="${box.height * height}" fill="none" stroke-dasharray="8 6"`
  const textLeft = left + (isPoint ? font : line * 2)
  const textTop = top + (isPoint ? font / 3 : font)
  return (
    `${shape} stroke="#000" stroke-width="${line + 2}"/>${shape} stroke="#fff" stroke-width="${line}"/>` +
    toText(words, textLeft + 1, textTop + 1, '#000', font) +
    toText(words, textLeft, textTop, '#fff', font)
  )
}

function toText(text: string, left: number, baseline: number, colour: string, size: number): string {
  return `<text x="${left}" y="${baseline}" fill="${colour}" font-family="monospace" font-weight="bold" font-size="${size}">${escapeText(text)}</text>`
}

/** Names come from a config file: whatever XML could read as markup, or could not hold at all, is replaced. */
export function escapeText(text: string): string {
  return text
    .replace(/\p{Cc}|\p{Cs}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)))
}
