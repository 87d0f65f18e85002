/** How much two boxes have in common. */
import type { RelativeRect } from '../types.ts'

/** Share of the smaller box that lies in the larger one, 0..1; 0 where they have no area in common. */
export function shareOfSmaller(a: RelativeRect, b: RelativeRect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  if (width <= 0 || height <= 0) return 0
  return (width * height) / Math.min(a.width * a.height, b.width * b.height)
}
