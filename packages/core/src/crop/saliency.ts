/** The saliency grid as a field whose mass inside any frame is read in constant time. Pure. */
import type { Grid } from '../types.ts'
import type { Frame } from './frame.ts'

/** Where the eye is drawn. */
export interface Saliency {
  readonly width: number
  readonly height: number
  /** 0..1, row by row. */
  readonly values: Float64Array
  /** Share of the whole mass inside a frame, 0..1. Mass is the square of the value: peaks count, haze does not. */
  massIn(frame: Frame): number
  /** Centre of the mass. */
  readonly centre: { readonly x: number; readonly y: number }
}

/** Reads a grid; `undefined` when there is none or when it is empty. */
export function readSaliency(grid: Grid | undefined, mirrored: boolean): Saliency | undefined {
  if (grid === undefined) return undefined
  const { width, height } = grid
  const bytes = atob(grid.data)
  const values = new Float64Array(width * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      values[y * width + (mirrored ? width - 1 - x : x)] = bytes.charCodeAt(y * width + x) / 255
    }
  }
  // Sums of everything above and left, with a row and a column of zeros in front.
  const stride = width + 1
  const sums = new Float64Array(stride * (height + 1))
  let momentX = 0
  let momentY = 0
  for (let y = 0; y < height; y += 1) {
    let row = 0
    for (let x = 0; x < width; x += 1) {
      const value = values[y * width + x] ?? 0
      const mass = value * value
      row += mass
      momentX += mass * (x + 0.5)
      momentY += mass * (y + 0.5)
      sums[(y + 1) * stride + x + 1] = row + (sums[y * stride + x + 1] ?? 0)
    }
  }
  const total = sums[sums.length - 1] ?? 0
  if (!(total > 0)) return undefined
  /** Mass above and left of a point that may lie inside a cell. */
  const upTo = (x: number, y: number): number => {
    const column = Math.min(width - 1, Math.floor(x))
    const row = Math.min(height - 1, Math.floor(y))
    const [fx, fy] = [x - column, y - row]
    const at = row * stride + column
    const upper = (sums[at] ?? 0) * (1 - fx) + (sums[at + 1] ?? 0) * fx
    const lower = (sums[at + stride] ?? 0) * (1 - fx) + (sums[at + stride + 1] ?? 0) * fx
    return upper * (1 - fy) + lower * fy
  }
  return {
    width,
    height,
    values,
    centre: { x: momentX / total / width, y: momentY / total / height },
    massIn({ left, top, right, bottom }) {
      const [x0, x1, y0, y1] = [left * width, right * width, top * height, bottom * height]
      return (upTo(x1, y1) - upTo(x0, y1) - upTo(x1, y0) + upTo(x0, y0)) / total
    },
  }
}
