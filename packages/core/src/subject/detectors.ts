/** The built-in detectors, from the bytes of their models. */
import type { Detect, DetectedBox, DetectorHints, RgbRaster } from '../types.ts'
import { findFaces } from './faces.ts'
import { evenLight } from './light.ts'
import { createKernels } from './network/kernels.ts'
import { readModel } from './network/model.ts'
import { createProgram } from './network/program.ts'
import { createObjectNetwork } from './object-model.ts'
import { objectSettings } from './object-settings.ts'
import { findObjects } from './objects.ts'
import { shareOfSmaller } from './overlap.ts'
import { findPeople } from './people.ts'
import { createPersonProgram, maskPeople } from './person-mask.ts'

/** The models, as the packages of MediaPipe ship them. */
export interface ModelFiles {
  /** `face_detection_full_range.tflite` of `@mediapipe/face_detection`. */
  readonly faces: Uint8Array
  /** `selfie_segmentation.tflite` of `@mediapipe/selfie_segmentation`. */
  readonly people: Uint8Array
  /** `objectron_solution_packed_assets.data` of `@mediapipe/objectron`, where animals, vehicles and things are to be looked for as well. */
  readonly objects?: Uint8Array
}

/**
 * Prepares the detectors for faces and people, and for objects where their model is given; about 12 MB for as long as they live, and 40 MB for objects.
 *
 * @throws Error when a file is not the model it should be, or WebAssembly is missing
 */
export async function createDetector(files: ModelFiles): Promise<Detect> {
  const kernels = await createKernels()
  const faceProgram = createProgram(readModel(files.faces), kernels)
  const peopleProgram = createPersonProgram(readModel(files.people), kernels)
  const objectNetwork = files.objects === undefined ? undefined : createObjectNetwork(files.objects, kernels)
  const look = (raster: RgbRaster): Seen => {
    const even = evenLight(raster)
    const masks = maskPeople(peopleProgram, even)
    const faces = findFaces(faceProgram, even)
    const people = findPeople(masks.figures, faces)
    if (objectNetwork === undefined) return { raster, boxes: [...faces, ...people], hints: masks }
    const { boxes, heat } = findObjects(objectNetwork, even)
    const added = boxes.filter((box) => !people.some((person) => isSamePerson(box, person)))
    return { raster, boxes: [...faces, ...people, ...added], hints: { ...masks, objects: heat } }
  }
  let last: Seen | undefined
  const detect = (raster: RgbRaster): readonly DetectedBox[] => {
    last = look(raster)
    return last.boxes
  }
  /** Asked for right after the boxes, if at all, so those of one raster are kept until then. */
  const hintsOf = (raster: RgbRaster): DetectorHints => {
    const { hints } = last?.raster === raster ? last : look(raster)
    last = undefined
    return hints
  }
  return Object.assign(detect, { hints: hintsOf })
}

/** What the networks say of one raster. */
interface Seen {
  readonly raster: RgbRaster
  readonly boxes: readonly DetectedBox[]
  readonly hints: DetectorHints
}

function isSamePerson(a: DetectedBox, b: DetectedBox): boolean {
  return a.label === 'person' && b.label === 'person' && shareOfSmaller(a.box, b.box) > objectSettings.known
}
