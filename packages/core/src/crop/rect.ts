/** Rectangle arithmetic. Pure. */
import type { Rect, RelativeRect, Size } from '../types.ts'

/** The largest rectangle of the given ratio (width ÷ height; 0 = the photo's own) inside a photo; only its size, in whole px, at least 1 × 1. */
export function largestSize(photo: Size, ratio: number): Size {
  if (ratio === 0) return { width: photo.width, height: photo.height }
  const width = Math.min(photo.width, Math.round(photo.height * ratio))
  const height = Math.min(photo.height, Math.round(photo.width / ratio))
  return { width: Math.max(1, width), height: Math.max(1, height) }
}

/** A rectangle of a size whose centre is as near to a relative point as the photo allows. */
export function placeAround(photo: Size, size: Size, point: { readonly x: number; readonly y: number }): Rect {
  return {
    left: slide(photo.width, size.width, point.x),
    top: slide(photo.height, size.height, point.y),
    ...size,
  }
}

function slide(whole: number, part: number, centre: number): number {
  return Math.max(0, Math.min(whole - part, Math.round(centre * whole - part / 2)))
}

/** A relative rectangle in whole px, at least 1 × 1 and inside the photo. */
export function toPixels(photo: Size, rect: RelativeRect): Rect {
  const left = Math.min(photo.width - 1, Math.round(rect.x * photo.width))
  const top = Math.min(photo.height - 1, Math.round(rect.y * photo.height))
  return {
    left,
    top,
    width: Math.max(1, Math.min(photo.width - left, Math.round(rect.width * photo.width))),
    height: Math.max(1, Math.min(photo.height - top, Math.round(rect.height * photo.height))),
  }
}

/** A rectangle in shares of the photo. */
export function toRelative(photo: Size, rect: Rect): RelativeRect {
  return {
    x: rect.left / photo.width,
    y: rect.top / photo.height,
    width: rect.width / photo.width,
    height: rect.height / photo.height,
  }
}

/** Share of a box that lies inside a rectangle, 0..1. A box without area counts as inside when its corner is. */
export function shareInside(box: RelativeRect, frame: RelativeRect): number {
  return overlap(box.x, box.width, frame.x, frame.width) * overlap(box.y, box.height, frame.y, frame.height)
}

function overlap(start: number, length: number, frameStart: number, frameLength: number): number {
  if (length === 0) return start >= frameStart && start <= frameStart + frameLength ? 1 : 0
  return Math.max(0, Math.min(start + length, frameStart + frameLength) - Math.max(start, frameStart)) / length
}
