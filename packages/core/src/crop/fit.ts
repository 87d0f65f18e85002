/** Places a crop: from what a person said, or else from the subject. Pure. */
import type { CropRequest, FocalPoint, Rect, RelativeRect, Size, Subject } from '../types.ts'
import { largestSize, placeAround, shareInside, toPixels, toRelative } from './rect.ts'

/** Where a crop lies, who said so, and how much of the subject it keeps. */
export interface Placement {
  readonly rect: Rect
  readonly by: string
  /** 0..1, by weight of the subject's boxes. */
  readonly kept: number
}

/** What a person decided; the query before the sidecar. */
export interface Overrides {
  readonly focus?: FocalPoint
  readonly crops?: Readonly<Record<string, RelativeRect>>
}

/**
 * The rectangle of one crop: the sidecar's own rectangle for it, or else the largest of the crop's ratio, placed around the focus or,
 * without one, around the subject. Never zooms in.
 *
 * @param queryFocus the focus of this one import; it wins over the sidecar
 */
export function fitCrop(
  photo: Size,
  crop: CropRequest,
  subject: Subject,
  sidecar: Overrides | undefined,
  queryFocus: FocalPoint | undefined,
): Placement {
  const own =
    queryFocus === undefined && sidecar?.crops !== undefined && Object.hasOwn(sidecar.crops, crop.name)
      ? sidecar.crops[crop.name]
      : undefined
  if (own !== undefined) return place(photo, trimToRatio(toPixels(photo, own), crop.ratio), 'sidecar', subject)
  const focus = queryFocus ?? sidecar?.focus
  const size = largestSize(photo, crop.ratio)
  if (focus !== undefined) return place(photo, placeAround(photo, size, focus), 'focus', subject)
  return place(photo, placeAround(photo, size, centreOf(subject)), subject.by, subject)
}

function place(photo: Size, rect: Rect, by: string, subject: Subject): Placement {
  return { rect, by, kept: keptShare(subject, toRelative(photo, rect)) }
}

/** A hand-made rectangle whose ratio differs from the crop's is trimmed around its centre, so that the layout never shifts. */
function trimToRatio(rect: Rect, ratio: number): Rect {
  if (ratio === 0) return rect
  const size = largestSize(rect, ratio)
  return {
    left: rect.left + Math.floor((rect.width - size.width) / 2),
    top: rect.top + Math.floor((rect.height - size.height) / 2),
    ...size,
  }
}

function centreOf(subject: Subject): FocalPoint {
  const total = subject.boxes.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return { x: 0.5, y: 0.5 }
  return subject.boxes.reduce(
    (centre, { box, weight }) => ({
      x: centre.x + ((box.x + box.width / 2) * weight) / total,
      y: centre.y + ((box.y + box.height / 2) * weight) / total,
    }),
    { x: 0, y: 0 },
  )
}

function keptShare(subject: Subject, frame: RelativeRect): number {
  const total = subject.boxes.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return 1
  const kept = subject.boxes.reduce((sum, { box, weight }) => sum + weight * shareInside(box, frame), 0)
  return Math.round((kept / total) * 1000) / 1000
}
