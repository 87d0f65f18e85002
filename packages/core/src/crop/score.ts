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
  /** Size of the largest frame: what a smaller one leaves out is missing. */
  readonly largest: Frame
}

/** The score of a frame; only differences mean anything. */
export function scoreFrame({ wants, saliency, aim, largest }: Scene, frame: Frame): number {
  let score = 0
  for (const want of wants) score += want.weight * creditOf(want, frame, largest)
  if (saliency !== undefined) score += terms.saliency * saliency.massIn(frame)
  const [dx, dy] = [(frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2]
  score -= terms.aim * (square(dx - aim.x) + square(dy - aim.y))
  score -= terms.centre * (square(dx - 0.5) + square(dy - 0.5))
  return score
}

/** The score of a frame with a headline: what remains to be seen of every want in the free part, and a little for the frame as such. */
export function scoreVisible(scene: Scene, frame: Frame, free: Frame): number {
  let score = 0
  for (const want of scene.wants) {
    score += want.beside * (shareWithin(want.frame, free) + want.besideWhole * creditOf(want, free, free))
  }
  const { x, y } = scene.aim
  const off = square((free.left + free.right) / 2 - x) + square((free.top + free.bottom) / 2 - y)
  return score - terms.visibleAim * off + terms.visibleFrame * scoreFrame(scene, frame)
}

/** What a frame earns for one want, 0..1. */
export function creditOf(want: Want, frame: Frame, largest: Frame): number {
  const { left, top, right, bottom } = want.frame
  const x = alongAxis(left, right, frame.left, frame.right, want.softX, largest.right - largest.left)
  const y = alongAxis(top, bottom, frame.top, frame.bottom, want.softY, largest.bottom - largest.top)
  const inside = x.inside * y.inside
  return want.whole * x.whole * y.whole + (1 - want.whole) * inside * inside
}

interface Along {
  /** Share of what can be inside at all. */
  readonly inside: number
  /** How sure it is that nothing is missing that could be there. */
  readonly whole: number
}

/** One axis: a thing that is longer than the frame is whole when it fills the frame. */
function alongAxis(from: number, to: number, start: number, end: number, soft: number, longest: number): Along {
  const length = end - start
  const most = Math.min(to - from, longest)
  const overlap = Math.min(to, end) - Math.max(from, start)
  if (most <= 0) return overlap < 0 ? { inside: 0, whole: 0 } : { inside: 1, whole: 1 }
  if (overlap <= 0) return { inside: 0, whole: 0 }
  const inside = overlap / most
  if (to - from > length) return { inside, whole: Math.max(0, (inside - almostFilled) / (1 - almostFilled)) }
  const reach = 2 * soft + terms.margin * length
  return {
    inside,
    whole: (start <= 0 ? 1 : ease((from - start + soft) / reach)) * (end >= 1 ? 1 : ease((end - to + soft) / reach)),
  }
}

/** A frame filled less than this shows a thing that seems cut on one side and out of place on the other. */
const almostFilled = 0.8

/** 0 where something is cut for certain, 1 where nothing is. */
function ease(t: number): number {
  if (!(t > 0)) return 0
  return t >= 1 ? 1 : t * t * (3 - 2 * t)
}

const square = (value: number): number => value * value
