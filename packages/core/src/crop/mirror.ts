/**
 * Every photo is placed in one orientation, the one whose subject leans to the left, and the result is turned back: a mirrored photo then gets exactly
 * the mirrored crop, whatever rounding does. Pure.
 */
import type { FocalPoint, Grid, Rect, RelativeRect, Size, Subject, TextZone } from '../types.ts'
import type { Overrides } from './overrides.ts'

/** Shares are rounded to this many steps, so that 1 − x is exact and nothing differs in the last bit. */
const steps = 2 ** 26

const exact = (share: number): number => Math.round(share * steps) / steps

/** True when what decides lies more to the right; of decisions the first that leans at all counts. */
export function leansRight(subject: Subject, overrides: Overrides): boolean {
  const { rect, focus, limits, text } = overrides
  const centre = (box: RelativeRect | undefined): number =>
    box === undefined ? 0 : exact(box.x) * 2 + exact(box.width) - 1
  const leans = [
    centre(rect),
    focus === undefined ? 0 : exact(focus.x) * 2 - 1,
    centre(limits),
    ...subject.boxes.map(({ box }) => centre(box)),
    text === 'left' ? -1 : text === 'right' ? 1 : typeof text === 'object' ? centre(text) : 0,
  ]
  const lean = subject.boxes.reduce((sum, { box, weight }) => sum + weight * centre(box), 0)
  const first = rect === undefined && focus === undefined && lean !== 0 ? lean : leans.find((each) => each !== 0)
  return (first ?? gridLean(subject.saliency)) > 0
}

function gridLean(grid: Grid | undefined): number {
  if (grid === undefined) return 0
  const bytes = atob(grid.data)
  let lean = 0
  for (let index = 0; index < bytes.length; index += 1) {
    lean += bytes.charCodeAt(index) * (2 * (index % grid.width) + 1 - grid.width)
  }
  return lean
}

/** The subject as placement reads it: rounded, and mirrored where asked. The saliency is left to its reader. */
export function orientSubject(subject: Subject, mirrored: boolean): Subject {
  return {
    ...subject,
    boxes: subject.boxes.map((each) => ({
      ...each,
      box: orientBox(each.box, mirrored),
      ...(each.points === undefined ? {} : { points: each.points.map((point) => orientPoint(point, mirrored)) }),
    })),
  }
}

/** Likewise what a person decided. */
export function orientOverrides(overrides: Overrides, mirrored: boolean): Overrides {
  const { rect, limits, focus, text } = overrides
  return {
    ...overrides,
    ...(rect === undefined ? {} : { rect: orientBox(rect, mirrored) }),
    ...(limits === undefined ? {} : { limits: orientBox(limits, mirrored) }),
    ...(focus === undefined ? {} : { focus: { ...focus, ...orientPoint(focus, mirrored) } }),
    ...(text === undefined ? {} : { text: orientText(text, mirrored) }),
  }
}

/** A text zone, mirrored where asked. */
export function orientText<Zone extends TextZone>(text: Zone, mirrored: boolean): TextZone {
  if (!mirrored) return text
  if (typeof text === 'object') return orientBox(text, true)
  return text === 'left' ? 'right' : text === 'right' ? 'left' : text
}

/** A rectangle in pixels, mirrored where asked. */
export function orientRect(photo: Size, rect: Rect, mirrored: boolean): Rect {
  return mirrored ? { ...rect, left: photo.width - rect.left - rect.width } : rect
}

function orientBox({ x, y, width, height }: RelativeRect, mirrored: boolean): RelativeRect {
  const [left, right] = [exact(x), exact(x + width)]
  return { x: mirrored ? 1 - right : left, y: exact(y), width: right - left, height: exact(y + height) - exact(y) }
}

function orientPoint({ x, y }: FocalPoint, mirrored: boolean): FocalPoint {
  return { x: mirrored ? 1 - exact(x) : exact(x), y: exact(y) }
}
