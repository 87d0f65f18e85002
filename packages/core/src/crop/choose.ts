/** Chooses the position of a crop by trying them all. Pure. */
import type { Rect, RelativeRect, Size, Subject, TextZone } from '../types.ts'
import { type Frame, toFrame } from './frame.ts'
import { largestSize, toRelative } from './rect.ts'
import type { Saliency } from './saliency.ts'
import { type Scene, scoreFrame } from './score.ts'
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
    const found = searchSizes(choice, (rect, zoomed) => scoreFrame(scene, frameOf(choice, rect)) - terms.zoom * zoomed)
    return { rect: found.rect, confidence: confidenceOf(choice.subject) }
  }
  const zones = text === 'auto' ? textSides : [text]
  let best: (Found & { readonly zone: Exclude<TextZone, 'auto'> }) | undefined
  for (const zone of zones) {
    const box = zoneBox(zone)
    const free = freePart(box)
    const found = searchSizes(
      choice,
      (rect, zoomed) => scoreWithText(choice, scene, frameOf(choice, rect), box, free) - terms.zoom * zoomed,
    )
    if (best === undefined || found.score > best.score) best = { ...found, zone }
  }
  if (best === undefined) throw new RangeError('no text zone')
  return { rect: best.rect, confidence: confidenceOf(choice.subject), text: best.zone }
}

function frameOf({ photo }: Choice, rect: Rect): Frame {
  return toFrame(toRelative(photo, rect))
}

/** Faces and subject belong into the free part, and the zone should be quiet. */
function scoreWithText(choice: Choice, scene: Scene, frame: Frame, zone: RelativeRect, free: RelativeRect): number {
  const covered = zoneIn(frame, zone)
  const unrest = (choice.saliency?.massIn(covered) ?? 0) + (choice.brightness?.in(covered).spread ?? 0)
  return scoreFrame(scene, zoneIn(frame, free)) + scoreFrame(scene, frame) / 2 - terms.unrest * unrest
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
    const width = Math.max(1, Math.round(full.width * scale))
    if (best !== undefined && (scale < leastScale - 1e-9 || width < leastWidth)) break
    const size = scale === 1 ? full : scaledSize(full, ratio, scale)
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

function sceneOf({ subject, saliency }: Choice): Scene {
  const total = subject.boxes.reduce((sum, { weight }) => sum + weight, 0)
  const centre = subject.boxes.reduce(
    (sum, { box, weight }) => ({
      x: sum.x + ((box.x + box.width / 2) * weight) / total,
      y: sum.y + ((box.y + box.height / 2) * weight) / total,
    }),
    { x: 0, y: 0 },
  )
  const aim = total > 0 ? centre : (saliency?.centre ?? { x: 0.5, y: 0.5 })
  return { wants: wantsOf(subject), saliency, aim, trust: 1 }
}

/** The detector's certainty, by weight; what was found by saliency alone is a guess. */
function confidenceOf(subject: Subject): number {
  const total = subject.boxes.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return 0.2
  return subject.boxes.reduce((sum, { weight, score = 1 }) => sum + weight * score, 0) / total
}
