/** The focus: where it lies when nobody has set it, and how it is moved and resized. Pure. */
import type { Focus, Subject } from '@hero-image/core/crop'
import type { Grip, Step } from './grip.ts'
import { clamp } from './rect.ts'

/** A focus with a size. */
export type Ellipse = Required<Focus>

/** Smallest and largest diameter that the editor gives, in shares. */
const smallest = 0.02
const largest = 1

/** Drawn where a focus is a point: a mark, not a size. */
const mark = 0.12

/** The focus as it is drawn: a point gets the size of a mark. */
export function toEllipse(focus: Focus): Ellipse {
  return { x: focus.x, y: focus.y, width: focus.width || mark, height: focus.height || mark }
}

/** The focus that an ellipse stands for: a point stays one until it is given a size. */
export function toFocus(ellipse: Ellipse, before: Focus): Focus {
  const drawn = toEllipse(before)
  const sized = before.width || before.height || ellipse.width !== drawn.width || ellipse.height !== drawn.height
  return sized ? ellipse : { x: ellipse.x, y: ellipse.y }
}

/** Around the faces, or else around the weightiest box; a point in the middle when nothing was found. */
export function automaticFocus(subject: Subject): Focus {
  const faces = subject.boxes.filter(({ kind }) => kind === 'face')
  const first = subject.boxes.reduce<Subject['boxes'][number] | undefined>(
    (best, box) => (best === undefined || box.weight > best.weight ? box : best),
    undefined,
  )
  const boxes = (faces.length > 0 ? faces : first === undefined ? [] : [first]).map(({ box }) => box)
  if (boxes.length === 0) return { x: 0.5, y: 0.5 }
  const left = Math.min(...boxes.map((box) => box.x))
  const top = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.width))
  const bottom = Math.max(...boxes.map((box) => box.y + box.height))
  return {
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    width: clamp(right - left, 0.06, 0.6),
    height: clamp(bottom - top, 0.06, 0.6),
  }
}

/** The ellipse after a grip was pulled: its centre stays when it is resized, and lies in the photo always. */
export function dragEllipse(ellipse: Ellipse, grip: Grip, { dx, dy }: Step): Ellipse {
  if (grip === 'move') return { ...ellipse, x: clamp(ellipse.x + dx, 0, 1), y: clamp(ellipse.y + dy, 0, 1) }
  const wider = grip === 'e' ? dx : grip === 'w' ? -dx : 0
  const taller = grip === 's' ? dy : grip === 'n' ? -dy : 0
  return {
    ...ellipse,
    width: clamp(ellipse.width + 2 * wider, smallest, largest),
    height: clamp(ellipse.height + 2 * taller, smallest, largest),
  }
}
