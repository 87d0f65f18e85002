/** In which size a provider draws a canvas, and where the canvas lies in what it draws. Pure. */
import type { Rect, Size } from '@hero-image/core/crop'
import { largestSize, placeAround } from '@hero-image/core/crop'

/** Sizes that a provider draws. */
export type SizeRule =
  | { readonly kind: 'listed'; readonly sizes: readonly Size[] }
  | {
      readonly kind: 'free'
      /** Sides are whole multiples of this. */
      readonly step: number
      readonly minSide: number
      readonly maxSide: number
      readonly maxPixels: number
    }

/** A drawn picture, and the part of it that is the canvas. */
export interface DrawnFrame {
  readonly size: Size
  readonly frame: Rect
}

const middle = { x: 0.5, y: 0.5 }

/** How to draw a canvas: whole, as large as it is or as the provider can. Undefined when its ratio is too extreme. */
export function frameCanvas(rule: SizeRule, canvas: Size): DrawnFrame | undefined {
  const ratio = canvas.width / canvas.height
  if (rule.kind === 'listed') {
    const framed = rule.sizes.map((size) => ({ size, frame: placeAround(size, largestSize(size, ratio), middle) }))
    return framed.reduce((best, each) => (usedShare(each) > usedShare(best) ? each : best))
  }
  const { step, minSide, maxSide, maxPixels } = rule
  const longer = Math.max(canvas.width, canvas.height)
  const shorter = Math.min(canvas.width, canvas.height)
  const most = Math.min(maxSide / longer, Math.sqrt(maxPixels / (canvas.width * canvas.height)))
  const scale = Math.max(Math.min(1, most), minSide / shorter)
  if (scale > most * 1.001 + step / longer) return undefined
  // The canvas fills the drawn picture: a few pixels of distortion vanish when it is brought back to size.
  const toSide = (side: number): number =>
    Math.max(Math.ceil(minSide / step), Math.min(Math.floor(maxSide / step), Math.round((side * scale) / step))) * step
  let size = { width: toSide(canvas.width), height: toSide(canvas.height) }
  if (size.width * size.height > maxPixels) {
    size = ratio >= 1 ? { ...size, width: size.width - step } : { ...size, height: size.height - step }
  }
  if (size.width < minSide || size.height < minSide || size.width * size.height > maxPixels) return undefined
  return { size, frame: { left: 0, top: 0, ...size } }
}

/** The largest picture of a ratio that a provider draws, up to about a number of pixels. */
export function frameRatio(rule: SizeRule, ratio: number, pixels: number): DrawnFrame | undefined {
  const height = Math.sqrt(pixels / ratio)
  const drawn = frameCanvas(rule, { width: Math.round(height * ratio), height: Math.round(height) })
  if (drawn === undefined) return undefined
  return { size: drawn.size, frame: placeAround(drawn.size, largestSize(drawn.size, ratio), middle) }
}

/** The most pixels that are drawn. */
export function mostPixels(rule: SizeRule): number {
  return rule.kind === 'free' ? rule.maxPixels : Math.max(...rule.sizes.map(({ width, height }) => width * height))
}

function usedShare({ size, frame }: DrawnFrame): number {
  return (frame.width * frame.height) / (size.width * size.height)
}
