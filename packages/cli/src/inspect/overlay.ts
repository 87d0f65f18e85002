/** Crop rectangles and subject boxes as an SVG that lies over the photo. Pure. */
import type { PlannedCrop, Size, Subject } from '@hero-image/core'

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

/** Width of a crop's line in px; all of it lies inside the crop. */
export const lineWidth = 4

const fontSize = 20

/**
 * @param photo size of the source, px
 * @param preview size of the picture the overlay is for, px
 */
export function toOverlay(photo: Size, preview: Size, crops: readonly PlannedCrop[], subject: Subject): string {
  const scaleX = preview.width / photo.width
  const scaleY = preview.height / photo.height
  const frames = crops.map(({ name, rect }, index) => {
    const colour = cropColours[index % cropColours.length] ?? 'red'
    const left = rect.left * scaleX
    const top = rect.top * scaleY
    const half = lineWidth / 2
    const frame = `<rect x="${left + half}" y="${top + half}" width="${Math.max(0, rect.width * scaleX - lineWidth)}" height="${Math.max(0, rect.height * scaleY - lineWidth)}" fill="none" stroke="${colour}" stroke-width="${lineWidth}"/>`
    return frame + toLabel(name, left + lineWidth, top + lineWidth + index * (fontSize + 10), colour)
  })
  const boxes = subject.boxes.map(({ kind, box }) => {
    const left = box.x * preview.width
    const top = box.y * preview.height
    const frame = `<rect x="${left}" y="${top}" width="${box.width * preview.width}" height="${box.height * preview.height}" fill="none" stroke="#fff" stroke-width="2" stroke-dasharray="8 6"/>`
    return `${frame}<text x="${left + 4}" y="${top + box.height * preview.height - 6}" fill="#fff" ${font(14)}>${escapeText(kind)}</text>`
  })
  const { width, height } = preview
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${boxes.join('')}${frames.join('')}</svg>`
}

/** The crop's name on a plate of its colour; crops often share a corner, so each has a line of its own. */
function toLabel(name: string, left: number, top: number, colour: string): string {
  const plate = `<rect x="${left}" y="${top}" width="${[...name].length * fontSize * 0.65 + 12}" height="${fontSize + 8}" fill="${colour}"/>`
  return `${plate}<text x="${left + 6}" y="${top + fontSize}" fill="#000" ${font(fontSize)}>${escapeText(name)}</text>`
}

function font(size: number): string {
  return `font-family="monospace" font-size="${size}" font-weight="bold"`
}

/** Names come from a config file: whatever XML could read as markup, or could not hold at all, is replaced. */
function escapeText(text: string): string {
  return text
    .replace(/\p{Cc}|\p{Cs}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
