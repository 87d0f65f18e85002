/** The rectangle that holds the most of what stands out with the least of what does not. */
import type { RelativeRect } from '../types.ts'
import type { Mask } from './person-mask.ts'
import { toBox } from './symmetric.ts'

/** A rectangle and the mean of its cells, 0..1. */
export interface Densest {
  readonly box: RelativeRect
  readonly mean: number
}

/**
 * The rectangle whose cells exceed the threshold by the most in all, of equal ones the smallest; `undefined` when no cell does. One rectangle, not the
 * connected parts: what belongs together is often torn by a dark stripe, and a bright spot far away costs more cells than it brings.
 */
export function findDensest({ width, height, data }: Mask, threshold: number): Densest | undefined {
  let best = { gain: 0, cells: 0, left: 0, top: 0, right: 0, bottom: 0 }
  const columns = new Int32Array(width)
  for (let top = 0; top < height; top++) {
    columns.fill(0)
    for (let bottom = top + 1; bottom <= height; bottom++) {
      for (let x = 0; x < width; x++) columns[x] = (columns[x] ?? 0) + (data[(bottom - 1) * width + x] ?? 0) - threshold
      const rows = bottom - top
      let [left, gain] = [0, 0]
      for (let x = 0; x < width; x++) {
        // A run that brings nothing so far is better begun anew: of equal rectangles that gives the smallest.
        if (gain <= 0) [left, gain] = [x, 0]
        gain += columns[x] ?? 0
        const cells = rows * (x + 1 - left)
        if (gain > best.gain || (gain === best.gain && gain > 0 && cells < best.cells)) {
          best = { gain, cells, left, top, right: x + 1, bottom }
        }
      }
    }
  }
  if (best.cells === 0) return undefined
  const { gain, cells, left, top, right, bottom } = best
  return {
    box: toBox(left / width - 0.5, top / height - 0.5, right / width - 0.5, bottom / height - 0.5),
    mean: (gain / cells + threshold) / 255,
  }
}
