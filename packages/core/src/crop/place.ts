/** Places a crop: from what a person said, or else from the subject. Pure. */
import type { CropRequest, FocalPoint, Placement, Rect, RelativeRect, RgbRaster, Size, Subject } from '../types.ts'
import type { Overrides } from './overrides.ts'
import { largestSize, placeAround, shareInside, toPixels, toRelative } from './rect.ts'

/** What a crop is placed from. */
export interface PlaceInput {
  /** Size of the upright photo, px. */
  readonly photo: Size
  readonly crop: Pick<CropRequest, 'ratio'>
  readonly subject: Subject
  readonly overrides: Overrides
  /** Small raster of the photo; gives the luminance under a headline. */
  readonly preview?: RgbRaster
  /**
   * Width that the widest wanted file needs, px: zooming stops there, so that nothing is scaled up.
   * @default 1
   */
  readonly leastWidth?: number
}

/** Where a crop lies, and why. The same input gives the same rectangle everywhere; a mirrored input the mirrored one. */
export function placeCrop({ photo, crop, subject, overrides }: PlaceInput): Placement {
  const { rect: own, focus } = overrides
  if (own !== undefined) {
    return place(photo, trimToRatio(toPixels(photo, own), crop.ratio), overrides.by ?? 'sidecar', subject)
  }
  const size = largestSize(photo, crop.ratio)
  if (focus !== undefined) return place(photo, placeAround(photo, size, focus), 'focus', subject)
  return place(photo, placeAround(photo, size, centreOf(subject)), subject.by, subject)
}

function place(photo: Size, rect: Rect, by: string, subject: Subject): Placement {
  const kept = keptShare(subject, toRelative(photo, rect))
  return { rect, by, kept, confidence: 1, parts: [], reason: '', warnings: [] }
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
