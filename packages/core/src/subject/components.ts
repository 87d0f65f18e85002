/** Connected parts of a mask. */
import type { RelativeRect } from '../types.ts'
import type { Mask } from './person-mask.ts'
import { toBox } from './symmetric.ts'

/** Cells at or above the threshold that hang together, side by side. */
export interface Component {
  readonly box: RelativeRect
  /** Share of the photo that its cells cover. */
  readonly area: number
  /** Mean of its cells, 0..1. */
  readonly mean: number
  /** Share of its box that its cells cover. */
  readonly fill: number
  /** True for the cells that belong to it. */
  readonly has: (cell: number) => boolean
}

/** All components, the largest first. */
export function findComponents({ width, height, data }: Mask, threshold: number): readonly Component[] {
  const labels = new Uint16Array(width * height)
  const components: Component[] = []
  const stack: number[] = []
  for (let start = 0; start < data.length; start++) {
    if (labels[start] !== 0 || (data[start] ?? 0) < threshold) continue
    const label = components.length + 1
    let [left, right, top, bottom, cells, sum] = [width, 0, height, 0, 0, 0]
    const visit = (cell: number): void => {
      if (labels[cell] !== 0 || (data[cell] ?? 0) < threshold) return
      labels[cell] = label
      stack.push(cell)
    }
    visit(start)
    for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
      const x = cell % width
      const y = (cell - x) / width
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
      cells += 1
      sum += data[cell] ?? 0
      if (x > 0) visit(cell - 1)
      if (x < width - 1) visit(cell + 1)
      if (y > 0) visit(cell - width)
      if (y < height - 1) visit(cell + width)
    }
    components.push({
      box: toBox(left / width - 0.5, top / height - 0.5, (right + 1) / width - 0.5, (bottom + 1) / height - 0.5),
      area: cells / data.length,
      mean: sum / cells / 255,
      fill: cells / ((right + 1 - left) * (bottom + 1 - top)),
      has: (cell) => labels[cell] === label,
    })
  }
  return components.sort((a, b) => b.area - a.area)
}
