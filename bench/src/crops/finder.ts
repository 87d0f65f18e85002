/** The built package's subject finder in this process, with the models of its own dependencies. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { RgbRaster, Subject } from '@hero-image/core'
import { createDetector, findSubject } from '@hero-image/core/subject'

const fromCore = createRequire(createRequire(import.meta.url).resolve('@hero-image/core/package.json'))

/** A finder with the built-in detectors, or without any. */
export async function createFinder(withModels: boolean): Promise<(raster: RgbRaster) => Promise<Subject>> {
  if (!withModels) return (raster) => findSubject(raster)
  const [faces, people] = await Promise.all([
    readFile(fromCore.resolve('@mediapipe/face_detection/face_detection_full_range.tflite')),
    readFile(fromCore.resolve('@mediapipe/selfie_segmentation/selfie_segmentation.tflite')),
  ])
  const detect = await createDetector({ faces, people })
  return (raster) => findSubject(raster, detect)
}
