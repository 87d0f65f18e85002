/** Frames as four edges, in shares of the photo: the form in which thousands of positions are compared. Pure. */
import type { RelativeRect } from '../types.ts'

/** A rectangle by its edges, 0..1. */
export interface Frame {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The whole photo. */
export const wholePhoto: Frame = { left: 0, top: 0, right: 1, bottom: 1 }

/** Edges of a rectangle. */
export function toFrame({ x, y, width, height }: RelativeRect): Frame {
  return { left: x, top: y, right: x + width, bottom: y + height }
}

/** The rectangle between edges. */
export function fromFrame({ left, top, right, bottom }: Frame): RelativeRect {
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** A frame made larger by shares of its own sides, as far as the photo goes. */
export function grow(frame: Frame, by: Frame): Frame {
  const width = frame.right - frame.left
  const height = frame.bottom - frame.top
  return {
    left: Math.max(0, frame.left - by.left * width),
    top: Math.max(0, frame.top - by.top * height),
    right: Math.min(1, frame.right + by.right * width),
    bottom: Math.min(1, frame.bottom + by.bottom * height),
  }
}

/** Share of a frame's area inside another, 0..1; of a frame without area, whether it lies inside. */
export function shareWithin(thing: Frame, frame: Frame): number {
  return (
    spanWithin(thing.left, thing.right, frame.left, frame.right) *
    spanWithin(thing.top, thing.bottom, frame.top, frame.bottom)
  )
}

function spanWithin(from: number, to: number, start: number, end: number): number {
  if (to <= from) return from >= start && from <= end ? 1 : 0
  return Math.max(0, Math.min(to, end) - Math.max(from, start)) / (to - from)
}
