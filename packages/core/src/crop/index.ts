/** `@hero-image/core/crop`: placing crops and the arithmetic of their rectangles. Runs in browsers. */
export type {
  CropRequest,
  CropWarning,
  Focus,
  KeptPart,
  Placement,
  Rect,
  RelativeRect,
  Size,
  Subject,
  SubjectBox,
  TextPlacement,
  TextZone,
} from '../types.ts'
export { noOverrides, type Overrides } from './overrides.ts'
export { type PlaceInput, placeCrop } from './place.ts'
export { largestSize, placeAround, shareInside, toPixels, toRelative } from './rect.ts'
