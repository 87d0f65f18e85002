/** What is looked at to find a subject, who looks, and what is found. */
import type { FocalPoint, RelativeRect, Size } from './geometry.ts'

/** A small upright sRGB raster, row by row, three bytes a pixel. */
export interface RgbRaster extends Size {
  readonly data: Uint8Array
}

/** A small grid of bytes over the whole source, row by row. Plain JSON. */
export interface Grid extends Size {
  /** Base64, one byte a cell. */
  readonly data: string
}

/** One part of the subject: where it is and how much it matters. */
export interface SubjectBox {
  /**
   * What was found: `face`, `person`, `figure` (a clear shape, often an animal), `animal`, `vehicle`, `salient`, `point`, or the label of a detector of the
   * user.
   */
  readonly kind: string
  readonly box: RelativeRect
  /** Importance relative to the other boxes, > 0. */
  readonly weight: number
  /** The detector's own certainty, 0..1; absent when it gives none. */
  readonly score?: number
  /** Of a face: right eye, left eye, tip of the nose, mouth, right ear, left ear, as the person has them. */
  readonly points?: readonly FocalPoint[]
  /** Fine detail inside the box relative to the sharpest parts of the photo, 0..1: people out of focus in front have little. */
  readonly sharpness?: number
}

/** What the picture is about, found automatically or set by hand. */
export interface Subject {
  /** What the finder went by: `faces`, `person`, `figure`, `animal`, `vehicle`, `saliency`, `centre`, or the label of a detector of the user. */
  readonly by: string
  readonly boxes: readonly SubjectBox[]
  /** Where the eye is drawn, 0..255; decides between positions that keep the same boxes, and finds quiet sides for text. */
  readonly saliency?: Grid
}

/** One thing that a detector has found. */
export interface DetectedBox {
  /** What it is: `face`, `person`, or any other word, such as `dog`. */
  readonly label: string
  /** How sure the detector is, 0..1. */
  readonly score: number
  /** Where it lies, relative to the photo. */
  readonly box: RelativeRect
  /** Of a face: right eye, left eye, tip of the nose, mouth, right ear, left ear, as the person has them. */
  readonly points?: readonly FocalPoint[]
}

/** Finds things in a small raster (long side ≤ 512 px). Pure: the same raster gives the same boxes. */
export interface Detect {
  (rgb: RgbRaster): readonly DetectedBox[] | Promise<readonly DetectedBox[]>
  /** What the networks know beyond boxes: says more than saliency alone where no box is found. */
  readonly hints?: (rgb: RgbRaster) => DetectorHints
}

/** Maps over the whole raster, 0..255 a cell. */
export interface DetectorHints {
  /** How much every cell looks like a person or another figure. */
  readonly figures: Size & { readonly data: Uint8Array }
  /** How unlike the photo's edge it is. */
  readonly apart: Size & { readonly data: Uint8Array }
  /** Where the object network sees anything, where it has looked. Figures are guesses like others, then; without it they stand beside them. */
  readonly objects?: Size & { readonly data: Uint8Array }
}

/**
 * What the module named in `detector` has as its default export.
 *
 * @param builtIn the detectors that would look without the module: faces, people and other figures
 */
export type CustomDetect = (rgb: RgbRaster, builtIn: Detect) => readonly DetectedBox[] | Promise<readonly DetectedBox[]>
