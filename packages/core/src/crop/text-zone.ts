/** Where a headline lies in a crop, how restless it is there, and how bright. Pure. */
import type { RelativeRect, RgbRaster, TextPlacement, TextZone } from '../types.ts'
import type { Frame } from './frame.ts'

/** Sides a headline can take, in the order in which equal ones are preferred. */
export const textSides = ['left', 'right', 'top', 'bottom'] as const

/** A side of the crop. */
export type TextSide = (typeof textSides)[number]

/** Headlines stand beside or above the subject: a little less than half, so that the subject has the larger part. */
const zones: Readonly<Record<TextSide, RelativeRect>> = {
  left: { x: 0, y: 0, width: 0.45, height: 1 },
  right: { x: 0.55, y: 0, width: 0.45, height: 1 },
  top: { x: 0, y: 0, width: 1, height: 0.4 },
  bottom: { x: 0, y: 0.6, width: 1, height: 0.4 },
}

/** The zone relative to the crop. */
export function zoneBox(zone: Exclude<TextZone, 'auto'>): RelativeRect {
  return typeof zone === 'object' ? zone : zones[zone]
}

/** The part of a frame that a zone covers. */
export function zoneIn(frame: Frame, { x, y, width, height }: RelativeRect): Frame {
  const w = frame.right - frame.left
  const h = frame.bottom - frame.top
  return {
    left: frame.left + x * w,
    top: frame.top + y * h,
    right: frame.left + (x + width) * w,
    bottom: frame.top + (y + height) * h,
  }
}

/** The largest rectangle of a crop that a zone leaves free, relative to the crop. */
export function freePart({ x, y, width, height }: RelativeRect): RelativeRect {
  const parts = [
    { x: 0, y: 0, width: x, height: 1 },
    { x: x + width, y: 0, width: 1 - x - width, height: 1 },
    { x: 0, y: 0, width: 1, height: y },
    { x: 0, y: y + height, width: 1, height: 1 - y - height },
  ]
  return parts.reduce((best, each) => (each.width * each.height > best.width * best.height ? each : best))
}

/** Luminance of the photo's small raster: mean and spread inside a frame. */
export interface Brightness {
  /** Mean relative luminance, and its standard deviation as a share of the range. */
  in(frame: Frame): { readonly mean: number; readonly spread: number }
}

/** Reads the small raster. */
export function readBrightness({ width, height, data }: RgbRaster, mirrored: boolean): Brightness {
  const luminance = Float64Array.from({ length: width * height }, (_, at) => {
    const column = at % width
    const index = mirrored ? at - column + width - 1 - column : at
    const light = (channel: number): number => lightOf[data[index * 3 + channel] ?? 0] ?? 0
    return 0.2126 * light(0) + 0.7152 * light(1) + 0.0722 * light(2)
  })
  return {
    in({ left, top, right, bottom }) {
      const [x0, y0] = [Math.min(width - 1, Math.floor(left * width)), Math.min(height - 1, Math.floor(top * height))]
      const x1 = Math.max(x0 + 1, Math.min(width, Math.ceil(right * width)))
      const y1 = Math.max(y0 + 1, Math.min(height, Math.ceil(bottom * height)))
      let sum = 0
      let squares = 0
      for (let y = y0; y < y1; y += 1) {
        for (let x = x0; x < x1; x += 1) {
          const value = luminance[y * width + x] ?? 0
          sum += value
          squares += value * value
        }
      }
      const count = (x1 - x0) * (y1 - y0)
      const mean = sum / count
      return { mean, spread: Math.sqrt(Math.max(0, squares / count - mean * mean)) }
    },
  }
}

/** From the sRGB curve to light. */
function expand(value: number): number {
  return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

/** Light of each byte: an editor reads the raster again with every frame of a drag. */
const lightOf = Float64Array.from({ length: 256 }, (_, byte) => expand(byte / 255))

/** What a component needs to set its headline. */
export function toTextPlacement(
  frame: Frame,
  zone: Exclude<TextZone, 'auto'>,
  brightness: Brightness | undefined,
): TextPlacement {
  const box = zoneBox(zone)
  const luminance = brightness?.in(zoneIn(frame, box)).mean ?? 0.5
  return {
    box,
    ...(typeof zone === 'object' ? {} : { side: zone }),
    luminance: Math.round(luminance * 1000) / 1000,
  }
}
