/** How good a frame is: every want, the saliency inside, and where its centre lies. Pure. */
import { type Frame, shareWithin } from './frame.ts'
import type { Saliency } from './saliency.ts'
import type { Want } from './wants.ts'
import { terms } from './weights.ts'

/** What frames of one crop are compared by. */
export interface Scene {
  readonly wants: readonly Want[]
  readonly saliency: Saliency | undefined
  /** Where the frame's centre should lie, all else being equal. */
  readonly aim: { readonly x: number; readonly y: number }
  /** Importance of the subject as a whole, 0..1: an uncertain one moves the frame less far from the centre. */
  readonly trust: number
}

/** The score of a frame; only differences mean anything. */
export function scoreFrame({ wants, saliency, aim, trust }: Scene, frame: Frame): number {
  let score = 0
  for (const want of wants) score += want.weight * creditOf(want, frame)
  score *= trust
  if (saliency !== undefined) score += terms.saliency * saliency.massIn(frame)
  const [dx, dy] = [(frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2]
  score -= terms.aim * trust * (square(dx - aim.x) + square(dy - aim.y))
  score -= terms.centre * (square(dx - 0.5) + square(dy - 0.5))
  return score
}

/** What a frame earns for one want, 0..1. */
export function creditOf(want: Want, frame: Frame): number {
  const inside = shareWithin(want.frame, frame)
  if (inside === 0) return 0
  const mx = want.softX + terms.margin * (frame.right - frame.left)
  const my = want.softY + terms.margin * (frame.bottom - frame.top)
  const whole =
    (frame.left <= 0 ? 1 : ease(want.frame.left - frame.left, want.softX, mx)) *
    (frame.right >= 1 ? 1 : ease(frame.right - want.frame.right, want.softX, mx)) *
    (frame.top <= 0 ? 1 : ease(want.frame.top - frame.top, want.softY, my)) *
    (frame.bottom >= 1 ? 1 : ease(frame.bottom - want.frame.bottom, want.softY, my))
  return want.whole * whole + (1 - want.whole) * inside * inside
}

/** 0 where an edge is cut for certain, 1 where there is room for certain. */
function ease(room: number, soft: number, margin: number): number {
  const t = Math.max(0, Math.min(1, (room + soft) / Math.max(soft + margin, 1e-9)))
  return t * t * (3 - 2 * t)
}

const square = (value: number): number => value * value
