/** The built-in detectors, from the bytes of their models. */
import type { Detect, DetectedBox, DetectorHints, RgbRaster } from '../types.ts'
import { findFaces } from './faces.ts'
import { evenLight } from './light.ts'
import { createKernels } from './network/kernels.ts'
import { readModel } from './network/model.ts'
import { createProgram } from './network/program.ts'
import { findPeople } from './people.ts'
import { createPersonProgram, maskPeople } from './person-mask.ts'

/** The models, as the packages of MediaPipe ship them. */
export interface ModelFiles {
  /** `face_detection_full_range.tflite` of `@mediapipe/face_detection`. */
  readonly faces: Uint8Array
  /** `selfie_segmentation.tflite` of `@mediapipe/selfie_segmentation`. */
  readonly people: Uint8Array
}

/**
 * Prepares the detectors for faces and people; about 12 MB for as long as they live.
 *
 * @throws Error when a file is not the model it should be, or WebAssembly is missing
 */
export async function createDetector(files: ModelFiles): Promise<Detect> {
  const kernels = await createKernels()
  const faceProgram = createProgram(readModel(files.faces), kernels)
  const peopleProgram = createPersonProgram(readModel(files.people), kernels)
  let last: { readonly raster: RgbRaster; readonly hints: DetectorHints } | undefined
  const detect = (raster: RgbRaster): readonly DetectedBox[] => {
    const even = evenLight(raster)
    const hints = maskPeople(peopleProgram, even)
    last = { raster, hints }
    const faces = findFaces(faceProgram, even)
    return [...faces, ...findPeople(hints.figures, faces)]
  }
  /** Asked for right after the boxes, if at all, so those of one raster are kept until then. */
  const hintsOf = (raster: RgbRaster): DetectorHints => {
    const hints = last?.raster === raster ? last.hints : maskPeople(peopleProgram, evenLight(raster))
    last = undefined
    return hints
  }
  return Object.assign(detect, { hints: hintsOf })
}
