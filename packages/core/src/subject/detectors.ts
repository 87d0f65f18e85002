/** The built-in detectors, from the bytes of their models. */
import type { Detect, DetectedBox, RgbRaster } from '../types.ts'
import { findFaces } from './faces.ts'
import { createKernels } from './network/kernels.ts'
import { readModel } from './network/model.ts'
import { createProgram } from './network/program.ts'
import { findPeople } from './people.ts'
import { type Mask, maskPeople } from './person-mask.ts'

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
  const peopleProgram = createProgram(readModel(files.people), kernels)
  let last: { readonly raster: RgbRaster; readonly mask: Mask } | undefined
  /** Both the boxes and the mixture with saliency ask for the mask of the same raster. */
  const figures = (raster: RgbRaster): Mask => {
    if (last?.raster !== raster) last = { raster, mask: maskPeople(peopleProgram, raster) }
    return last.mask
  }
  const detect = (raster: RgbRaster): readonly DetectedBox[] => {
    const faces = findFaces(faceProgram, raster)
    return [...faces, ...findPeople(figures(raster), faces)]
  }
  return Object.assign(detect, { figures })
}
