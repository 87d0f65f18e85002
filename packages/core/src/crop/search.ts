/** Tries all positions of a rectangle: coarsely everywhere, then finer around the best, down to the pixel. Pure, deterministic. */
import type { Rect, Size } from '../types.ts'

/** Positions tried where a rectangle slides along one axis. */
const positions = 160
/** Positions per axis where it slides along both, as zoomed ones do. */
const positionsOfTwo = 16

/** A position and its score. */
export interface Found {
  readonly rect: Rect
  readonly score: number
}

/** The best position of a size inside bounds; the first of equal ones. */
export function searchPosition(bounds: Rect, size: Size, scoreOf: (rect: Rect) => number): Found {
  const freeX = bounds.width - size.width
  const freeY = bounds.height - size.height
  const count = freeX > 0 && freeY > 0 ? positionsOfTwo : positions
  const xs = spread(freeX, count)
  const ys = spread(freeY, count)
  let best: Found | undefined
  const attempt = (dx: number, dy: number): void => {
    const rect = { left: bounds.left + dx, top: bounds.top + dy, ...size }
    const score = scoreOf(rect)
    if (best === undefined || score > best.score) best = { rect, score }
  }
  for (const dy of ys) for (const dx of xs) attempt(dx, dy)
  let step = Math.ceil(Math.max(freeX, freeY) / count)
  while (step >= 1) {
    const { left, top } = best?.rect ?? bounds
    const [x, y] = [left - bounds.left, top - bounds.top]
    const before = best
    for (const dy of near(y, step, freeY)) {
      for (const dx of near(x, step, freeX)) if (dx !== x || dy !== y) attempt(dx, dy)
    }
    if (best === before) step = step === 1 ? 0 : Math.ceil(step / 2)
  }
  return best ?? { rect: { left: bounds.left, top: bounds.top, ...size }, score: 0 }
}

/** Whole numbers from 0 to the room there is, both included. */
function spread(room: number, count: number): number[] {
  if (room <= 0) return [0]
  const last = Math.min(room, count - 1)
  return Array.from({ length: last + 1 }, (_, index) => Math.round((room * index) / last))
}

function near(at: number, step: number, room: number): number[] {
  return [at - step, at, at + step].filter((each) => each >= 0 && each <= room)
}
