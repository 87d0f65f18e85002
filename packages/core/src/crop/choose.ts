/** Chooses the position of a crop by trying them all. Pure. */
import type { Rect, RelativeRect, Size, Subject, TextZone } from '../types.ts'
import { type Frame, toFrame } from './frame.ts'
import { largestSize, toRelative } from './rect.ts'
import type { Saliency } from './saliency.ts'
import { type Scene, scoreFrame, scoreVisible } from './score.ts'
import { type Found, searchPosition } from './search.ts'
import { type Brightness, freePart, textSides, zoneBox, zoneIn } from './text-zone.ts'
import { wantsOf } from './wants.ts'
import { terms } from './weights.ts'

/** Everything a position is chosen from. */
export interface Choice {
  readonly photo: Size
  /** No position leaves these, px. */
  readonly bounds: Rect
  readonly ratio: number
  readonly subject: Subject
  readonly saliency: Saliency | undefined
  readonly text: TextZone | undefined
  /** Least share of the largest rectangle's side. */
  readonly leastScale: number
  /** Least width, px. */
  readonly leastWidth: number
  readonly brightness: Brightness | undefined
}

/** The position, and the zone when a headline was asked for. */
export interface Chosen {
  readonly rect: Rect
  readonly confidence: number
  readonly text?: Exclude<TextZone, 'auto'>
}

/** The best position of the largest rectangle, or of a smaller one where zooming was allowed. */
export function choosePosition(choice: Choice): Chosen {
  const scene = sceneOf(choice)
  const { text } = choice
  if (text === undefined) {
    const scoreOf = (rect: Rect, zoomed: number): number => {
      const frame = frameOf(choice, rect)
      const fill = choice.leastScale < 1 ? terms.fill * fillOf(scene, frame) : 0
      return scoreFrame(scene, frame) + fill - terms.zoom * zoomed
    }
    const found = searchSizes(choice, scoreOf)
    const sure = confidenceOf(choice.subject)
    const rect = choice.leastScale < 1 ? found.rect : settle(choice, found, sure, (each) => scoreOf(each, 0))
    return { rect, confidence: sure }
  }
  const zones = text === 'auto' ? textSides : [text]
  let best: (Found & { readonly zone: Exclude<TextZone, 'auto'> }) | undefined
  for (const zone of zones) {
    const box = zoneBox(zone)
    const free = freePart(box)
    const found = searchSizes(
      choice,
      (rect, zoomed) => scoreWithText(choice, scene, frameOf(choice, rect), box, free) - terms.visibleZoom * zoomed,
    )
    if (best === undefined || found.score > best.score) best = { ...found, zone }
  }
  if (best === undefined) throw new RangeError('no text zone')
  return { rect: best.rect, confidence: confidenceOf(choice.subject), text: best.zone }
}

/**
 * The way back to the centre, as far as it loses little: nothing of what the finder is sure of, but a guess is worth less than the photographer's middle.
 */
function settle({ bounds }: Choice, { rect, score }: Found, sure: number, scoreOf: (rect: Rect) => number): Rect {
  const least = score - terms.gate * (1 - sure) * (1 - sure)
  const dx = (bounds.width - rect.width) / 2 - (rect.left - bounds.left)
  const dy = (bounds.height - rect.height) / 2 - (rect.top - bounds.top)
  const steps = 64
  let settled = rect
  for (let step = 1; step <= steps; step += 1) {
    const share = step / steps
    const next = { ...rect, left: rect.left + Math.floor(dx * share), top: rect.top + Math.floor(dy * share) }
    if (scoreOf(next) < least) break
    settled = next
  }
  return settled
}

/** How much of the frame's longer way the most wanted thing fills, up to a half. */
function fillOf({ wants }: Scene, frame: Frame): number {
  const main = wants.reduce<(typeof wants)[number] | undefined>(
    (best, each) => (best === undefined || each.weight > best.weight ? each : best),
    undefined,
  )
  if (main === undefined) return 0
  const across = (main.frame.right - main.frame.left) / (frame.right - frame.left)
  const down = (main.frame.bottom - main.frame.top) / (frame.bottom - frame.top)
  return Math.min(1, 2 * Math.max(across, down))
}

/** A rectangle that a person gave, with the zone for its headline: the one asked for, or the quietest side. */
export function withZone(choice: Choice, rect: Rect): Pick<Chosen, 'rect' | 'text'> {
  const { text } = choice
  if (text === undefined) return { rect }
  if (text !== 'auto') return { rect, text }
  const scene = sceneOf(choice)
  const scoreOf = (side: (typeof textSides)[number]): number => {
    const box = zoneBox(side)
    return scoreWithText(choice, scene, frameOf(choice, rect), box, freePart(box))
  }
  return { rect, text: textSides.reduce((best, side) => (scoreOf(side) > scoreOf(best) ? side : best)) }
}

function frameOf({ photo }: Pick<Choice, 'photo'>, rect: Rect): Frame {
  return toFrame(toRelative(photo, rect))
}

/** Faces and subject belong into the free part, and the zone should be quiet. */
function scoreWithText(choice: Choice, scene: Scene, frame: Frame, zone: RelativeRect, free: RelativeRect): number {
  const covered = zoneIn(frame, zone)
  const unrest = (choice.saliency?.massIn(covered) ?? 0) + (choice.brightness?.in(covered).spread ?? 0)
  return scoreVisible(scene, frame, zoneIn(frame, free)) - terms.unrest * unrest
}

/** Shares of the largest rectangle's side that are tried. */
const scales = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65]

function searchSizes(
  { bounds, ratio, leastScale, leastWidth }: Choice,
  scoreOf: (rect: Rect, zoomed: number) => number,
): Found {
  const full = largestSize(bounds, ratio)
  let best: Found | undefined
  for (const scale of scales) {
    const size = scale === 1 ? full : scaledSize(full, ratio, scale)
    if (best !== undefined && (scale < leastScale - 1e-9 || size.width < leastWidth)) break
    const found = searchPosition(bounds, size, (rect) => scoreOf(rect, 1 - scale))
    if (best === undefined || found.score > best.score) best = found
  }
  return best ?? { rect: { ...bounds, ...full }, score: 0 }
}

/** A smaller rectangle as near to the ratio as whole pixels come: the longer side is rounded first. */
function scaledSize(full: Size, ratio: number, scale: number): Size {
  const exact = ratio === 0 ? full.width / full.height : ratio
  if (exact >= 1) {
    const height = Math.max(1, Math.round(full.height * scale))
    return { width: Math.min(full.width, Math.max(1, Math.round(height * exact))), height }
  }
  const width = Math.max(1, Math.round(full.width * scale))
  return { width, height: Math.min(full.height, Math.max(1, Math.round(width / exact))) }
}

function sceneOf({ photo, bounds, ratio, subject, saliency }: Choice): Scene {
  const total = subject.boxes.reduce((sum, { weight }) => sum + weight, 0)
  const centre = subject.boxes.reduce(
    (sum, { box, weight }) => ({
      x: sum.x + ((box.x + box.width / 2) * weight) / total,
      y: sum.y + ((box.y + box.height / 2) * weight) / total,
    }),
    { x: 0, y: 0 },
  )
  const aim = total > 0 ? centre : (saliency?.centre ?? { x: 0.5, y: 0.5 })
  return {
    wants: wantsOf(subject),
    saliency,
    aim,
    largest: frameOf({ photo }, { left: 0, top: 0, ...largestSize(bounds, ratio) }),
  }
}

/** The detector's certainty, by weight; 0 where nothing was found. */
function confidenceOf({ by, boxes }: Subject): number {
  const total = boxes.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0 || by === 'centre') return 0
  return Math.round((boxes.reduce((sum, { weight, score = 1 }) => sum + weight * score, 0) / total) * 1000) / 1000
}
