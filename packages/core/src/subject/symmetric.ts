/** Numbers that mirror exactly: places are counted from the middle of the photo and rounded to a grid that binary fractions hold. */
import type { RelativeRect } from '../types.ts'

/** Steps per side of the photo; finer than any detector. */
const steps = 4096

/** Rounds away from the middle alike on both sides, so that the mirrored place is the exact negative. */
export function roundOffset(offset: number): number {
  const magnitude = Math.round(Math.abs(offset) * steps) / steps
  return offset < 0 ? -magnitude : magnitude
}

/** A box from its edges, counted from the middle of the photo (-0.5 to 0.5) and cut at the photo's edges. */
export function toBox(left: number, top: number, right: number, bottom: number): RelativeRect {
  const edge = (value: number): number => roundOffset(Math.min(0.5, Math.max(-0.5, value)))
  const [x, y] = [edge(left), edge(top)]
  return { x: x + 0.5, y: y + 0.5, width: edge(right) - x, height: edge(bottom) - y }
}
