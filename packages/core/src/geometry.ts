/** Sizes, rectangles and points, in pixels or in shares of a photo. */

/** Width and height in whole pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** A rectangle in whole source pixels, after EXIF orientation. */
export interface Rect extends Size {
  readonly left: number
  readonly top: number
}

/** A rectangle relative to the source: every number is 0..1. */
export interface RelativeRect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A point relative to the source: every number is 0..1. */
export interface FocalPoint {
  readonly x: number
  readonly y: number
}

/** A point of the photo, or an ellipse around it that a crop must hold. Relative to the upright photo: every number is 0..1. */
export interface Focus extends FocalPoint {
  /** Full width of the ellipse; absent or 0 for a point. */
  readonly width?: number
  /** Full height of the ellipse; absent or 0 for a point. */
  readonly height?: number
}
