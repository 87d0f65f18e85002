/** Places a crop: from what a person said, or else from the subject. Pure, the same in Node and browsers. */
import type {
  CropRequest,
  CropWarning,
  Focus,
  KeptPart,
  Placement,
  Rect,
  RgbRaster,
  Size,
  Subject,
  TextZone,
} from '../types.ts'
import { type Choice, type Chosen, choosePosition, withZone } from './choose.ts'
import { keptParts, keptShare, partWarnings, toReason, warningParts } from './explain.ts'
import { shareWithin, toFrame, wholePhoto } from './frame.ts'
import { leansRight, orientOverrides, orientRect, orientSubject, orientText } from './mirror.ts'
import type { Overrides } from './overrides.ts'
import { largestSize, placeAround, toPixels, toRelative } from './rect.ts'
import { readSaliency } from './saliency.ts'
import { readBrightness, toTextPlacement, zoneIn } from './text-zone.ts'

/** What a crop is placed from. */
export interface PlaceInput {
  /** Size of the upright photo, px. */
  readonly photo: Size
  readonly crop: Pick<CropRequest, 'ratio'>
  readonly subject: Subject
  readonly overrides: Overrides
  /** Small raster of the photo: how bright and how restless it is under a headline. */
  readonly preview?: RgbRaster
  /**
   * Width that the widest wanted file needs, px: zooming stops there, so that nothing is scaled up.
   * @default 1
   */
  readonly leastWidth?: number
}

/**
 * Where a crop lies, and why: the exact rectangle of a person, or else the largest of the crop's ratio, around the focus or where it keeps most of the
 * subject. The same input gives the same rectangle everywhere, a mirrored input the mirrored one.
 */
export function placeCrop(input: PlaceInput): Placement {
  const { photo, subject, overrides } = input
  const mirrored = leansRight(subject, overrides)
  const chosen = choose(input, mirrored)
  return describe(input, {
    ...chosen,
    rect: orientRect(photo, chosen.rect, mirrored),
    ...(chosen.text === undefined ? {} : { text: zoneOf(overrides.text, chosen.text, mirrored) }),
  })
}

/** The zone as it was asked for; a side that was chosen is turned back. */
function zoneOf(
  asked: TextZone | undefined,
  chosen: Exclude<TextZone, 'auto'>,
  mirrored: boolean,
): Exclude<TextZone, 'auto'> {
  if (asked !== undefined && asked !== 'auto') return asked
  const turned = orientText(chosen, mirrored)
  return turned === 'auto' ? chosen : turned
}

interface Decided extends Chosen {
  readonly by: string
}

function choose({ photo, crop, subject, overrides, preview, leastWidth = 1 }: PlaceInput, mirrored: boolean): Decided {
  const { rect, focus, limits, text, zoom, by } = orientOverrides(overrides, mirrored)
  const choice: Choice = {
    photo,
    bounds: limits === undefined ? { left: 0, top: 0, ...photo } : toPixels(photo, limits),
    ratio: crop.ratio,
    subject: focus === undefined ? orientSubject(subject, mirrored) : focusSubject(focus),
    saliency: readSaliency(subject.saliency, mirrored),
    text,
    leastScale: zoom ?? (text === undefined ? 1 : 0.65),
    leastWidth,
    brightness: preview === undefined ? undefined : readBrightness(preview, mirrored),
  }
  if (rect !== undefined) {
    const exact = trimToRatio(toPixels(photo, rect), crop.ratio)
    return { ...withZone(choice, exact), by: by ?? 'sidecar', confidence: 1 }
  }
  if (focus === undefined) return { ...choosePosition(choice), by: subject.by }
  if (text === undefined && zoom === undefined) {
    return { rect: placeFocus(choice, focus), by: 'focus', confidence: 1 }
  }
  return { ...choosePosition(choice), by: 'focus', confidence: 1 }
}

/** The largest rectangle, its centre as near to the focus as the bounds allow: what a person says is done to the letter. */
function placeFocus({ photo, bounds, ratio }: Choice, focus: Focus): Rect {
  const { left, top, width, height } = bounds
  const local = { x: (focus.x * photo.width - left) / width, y: (focus.y * photo.height - top) / height }
  const inside = placeAround(bounds, largestSize(bounds, ratio), local)
  return { ...inside, left: inside.left + left, top: inside.top + top }
}

/** A focus is the whole subject: nothing found beside it counts. */
function focusSubject({ x, y, width = 0, height = 0 }: Focus): Subject {
  const [left, top] = [Math.max(0, x - width / 2), Math.max(0, y - height / 2)]
  const box = { x: left, y: top, width: Math.min(1, x + width / 2) - left, height: Math.min(1, y + height / 2) - top }
  return { by: 'focus', boxes: [{ kind: 'focus', box, weight: 1 }] }
}

/** A hand-made rectangle whose ratio differs from the crop's is trimmed around its centre, so that the layout never shifts. */
function trimToRatio(rect: Rect, ratio: number): Rect {
  // In whole pixels one side is the other one's, rounded: a crop that was computed once stays as it is.
  const isExact = Math.round(rect.height * ratio) === rect.width || Math.round(rect.width / ratio) === rect.height
  if (ratio === 0 || isExact) return rect
  const size = largestSize(rect, ratio)
  return {
    left: rect.left + Math.floor((rect.width - size.width) / 2),
    top: rect.top + Math.floor((rect.height - size.height) / 2),
    ...size,
  }
}

function describe({ photo, crop, subject, overrides, preview }: PlaceInput, decided: Decided): Placement {
  const { rect, by, confidence, text } = decided
  const frame = toFrame(toRelative(photo, rect))
  const seen = overrides.focus === undefined ? subject : withFocus(subject, overrides.focus)
  const parts = keptParts(seen, frame)
  const kept = keptShare(subject, frame)
  const largest = toRelative(photo, { left: 0, top: 0, ...largestSize(photo, crop.ratio) })
  const brightness = preview === undefined ? undefined : readBrightness(preview, false)
  const placed = text === undefined ? undefined : toTextPlacement(frame, text, brightness)
  return {
    rect,
    by,
    confidence,
    kept,
    parts,
    reason: toReason(by, parts, kept),
    warnings: warningsOf(),
    ...(placed === undefined ? {} : { text: placed }),
  }

  function warningsOf(): CropWarning[] {
    const zone = placed === undefined ? undefined : zoneIn(frame, placed.box)
    const covered = ({ kind, box }: KeptPart): boolean =>
      zone !== undefined && shareWithin(toFrame(box), zone) > (kind === 'face' ? 0.02 : 0.25)
    const kept = shareWithin(wholePhoto, frame)
    const told = warningParts(parts)
    return [
      ...partWarnings(told, largest),
      ...(told.some(covered) ? (['under-text'] as const) : []),
      ...(confidence < 0.25 && kept < 0.75 ? (['low-confidence'] as const) : []),
      ...(overrides.photoChanged === true ? (['photo-changed'] as const) : []),
    ]
  }
}
function withFocus(subject: Subject, focus: Focus): Subject {
  return { ...subject, boxes: [...focusSubject(focus).boxes, ...subject.boxes] }
}
