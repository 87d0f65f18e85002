/** The built package's subject finder in this process, with the models of the packages it names. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { RgbRaster, Subject } from '@hero-image/core'
import { createDetector, findSubject } from '@hero-image/core/subject'

const fromCore = createRequire(createRequire(import.meta.url).resolve('@hero-image/core/package.json'))

/** Who looks, as in the option `detector`: nobody, the two networks for faces and people, or three with objects. */
export type Tier = 'none' | 'people' | 'objects'

/** A finder of a tier. */
export async function createFinder(tier: Tier): Promise<(raster: RgbRaster) => Promise<Subject>> {
  if (tier === 'none') return (raster) => findSubject(raster)
  const [faces, people, objects] = await Promise.all([
    readFile(fromCore.resolve('@mediapipe/face_detection/face_detection_full_range.tflite')),
    readFile(fromCore.resolve('@mediapipe/selfie_segmentation/selfie_segmentation.tflite')),
    tier === 'objects'
      ? readFile(fromCore.resolve('@mediapipe/objectron/objectron_solution_packed_assets.data'))
      : undefined,
  ])
  const detect = await createDetector({ faces, people, ...(objects === undefined ? {} : { objects }) })
  return (raster) => findSubject(raster, detect)
}
