/** Moving and resizing rectangles inside a frame. Pure; all numbers are shares of the frame. */
import type { RelativeRect } from '@hero-image/core'
import { type Grip, placeOf, type Step } from './grip.ts'

/** What a drag may not do. */
export interface RectRules {
  /** Width ÷ height in shares of the frame, when it has to stay. */
  readonly ratio?: number
  /** The rectangle stays inside this one. */
  readonly within: RelativeRect
  /** Least length of a side. */
  readonly least: number
}

/** The whole frame. */
export const whole: RelativeRect = { x: 0, y: 0, width: 1, height: 1 }

/** The rectangle after one of its grips was pulled by a step. What is not held stays where it is. */
export function dragRect(rect: RelativeRect, grip: Grip, step: Step, rules: RectRules): RelativeRect {
  if (grip === 'move') return moveInside({ ...rect, x: rect.x + step.dx, y: rect.y + step.dy }, rules.within)
  return rules.ratio === undefined
    ? pullEdges(rect, grip, step, rules)
    : pullCorner(rect, grip, step, rules, rules.ratio)
}

/** Slides a rectangle back inside another; one that is too large is shrunk first, keeping its ratio. */
export function moveInside(rect: RelativeRect, within: RelativeRect): RelativeRect {
  const scale = Math.min(1, within.width / rect.width, within.height / rect.height)
  const width = rect.width * scale
  const height = rect.height * scale
  return {
    x: clamp(rect.x, within.x, within.x + within.width - width),
    y: clamp(rect.y, within.y, within.y + within.height - height),
    width,
    height,
  }
}

/** The largest rectangle of a ratio (in shares) around the centre of another, of a given width at most. */
export function withWidth(
  rect: RelativeRect,
  width: number,
  ratio: number,
  within: RelativeRect,
  least: number,
): RelativeRect {
  const most = Math.min(within.width, within.height * ratio)
  const wide = clamp(width, Math.min(most, least * Math.max(1, ratio)), most)
  const height = wide / ratio
  return moveInside(
    { x: rect.x + (rect.width - wide) / 2, y: rect.y + (rect.height - height) / 2, width: wide, height },
    within,
  )
}

function pullEdges(rect: RelativeRect, grip: Grip, { dx, dy }: Step, { within, least }: RectRules): RelativeRect {
  const at = placeOf(grip)
  const right = rect.x + rect.width
  const bottom = rect.y + rect.height
  const x = at.x === 0 ? clamp(rect.x + dx, within.x, right - least) : rect.x
  const y = at.y === 0 ? clamp(rect.y + dy, within.y, bottom - least) : rect.y
  const endX = at.x === 1 ? clamp(right + dx, x + least, within.x + within.width) : right
  const endY = at.y === 1 ? clamp(bottom + dy, y + least, within.y + within.height) : bottom
  return { x, y, width: endX - x, height: endY - y }
}

/** The opposite corner stays; the larger of both pulls decides, so that every direction of a drag does something. */
function pullCorner(
  rect: RelativeRect,
  grip: Grip,
  { dx, dy }: Step,
  { within, least }: RectRules,
  ratio: number,
): RelativeRect {
  const at = placeOf(grip)
  const wider = at.x === 1 ? dx : -dx
  const taller = (at.y === 1 ? dy : -dy) * ratio
  const pull = Math.abs(wider) > Math.abs(taller) ? wider : taller
  const anchorX = at.x === 1 ? rect.x : rect.x + rect.width
  const anchorY = at.y === 1 ? rect.y : rect.y + rect.height
  const roomX = at.x === 1 ? within.x + within.width - anchorX : anchorX - within.x
  const roomY = at.y === 1 ? within.y + within.height - anchorY : anchorY - within.y
  const most = Math.min(roomX, roomY * ratio)
  const width = clamp(rect.width + pull, Math.min(most, least * Math.max(1, ratio)), most)
  const height = width / ratio
  return { x: at.x === 1 ? anchorX : anchorX - width, y: at.y === 1 ? anchorY : anchorY - height, width, height }
}

/** A number between two others; the lower one when they cross. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}
