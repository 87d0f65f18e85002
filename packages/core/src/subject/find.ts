/** Finds the subject of a photo: what detectors see, weighed against each other, or else what stands out. Pure: the same raster gives the same subject. */
import type { Detect, DetectedBox, RelativeRect, RgbRaster, Subject, SubjectBox } from '../types.ts'
import { centre } from './centre.ts'
import { findComponents } from './components.ts'
import { groupBoxes } from './group.ts'
import { createKernels } from './network/kernels.ts'
import { otsuThreshold } from './otsu.ts'
import type { Mask } from './person-mask.ts'
import { createSaliency, type FindSaliency, toGrid } from './saliency.ts'
import { measureSharpness } from './sharpness.ts'
import { personSettings, salientSettings as settings } from './weights.ts'

let saliencyFinder: Promise<FindSaliency> | undefined

/** Finds the subject with a detector, or without any. */
export async function findSubject(raster: RgbRaster, detect?: Detect): Promise<Subject> {
  const detections = detect === undefined ? [] : await detect(raster)
  saliencyFinder ??= createKernels().then(createSaliency)
  const mask = (await saliencyFinder)(raster)
  if (mask.data.every((value) => value === 0) && detections.length === 0) return centre
  const saliency = toGrid(mask)
  const believed = detections.filter((detection) => isBelieved(detection, mask))
  const found = groupBoxes(believed, measureSharpness(raster))
  const [first] = found
  if (first !== undefined) return { by: first.kind === 'face' ? 'faces' : first.kind, boxes: found, saliency }
  const salient = findSalient(mask)
  return salient.length > 0 ? { by: 'saliency', boxes: salient, saliency } : { ...centre, saliency }
}

/** Figures that the mask is less than very sure of must stand out. */
function isBelieved({ label, score, box }: DetectedBox, mask: Mask): boolean {
  return label !== 'figure' || score >= personSettings.sure || standsOut(box, mask)
}

/** True when saliency is denser in the box than elsewhere. */
function standsOut(box: RelativeRect, { width, height, data }: Mask): boolean {
  let [inside, cells, all] = [0, 0, 0]
  data.forEach((value, cell) => {
    const x = ((cell % width) + 0.5) / width - box.x
    const y = (Math.floor(cell / width) + 0.5) / height - box.y
    all += value
    if (x < 0 || x > box.width || y < 0 || y > box.height) return
    inside += value
    cells += 1
  })
  return inside * data.length >= all * cells * personSettings.leastContrast
}

/** The parts that stand out most, of which the finder is never sure. */
function findSalient(mask: Mask): readonly SubjectBox[] {
  const components = findComponents(mask, Math.max(1, otsuThreshold(mask.data)))
  const energy = components.map(({ area, mean }) => area * mean)
  const most = Math.max(...energy)
  return components.flatMap(({ box, mean }, index): SubjectBox[] => {
    const share = (energy[index] ?? 0) / most
    if (share < settings.peerShare) return []
    return [
      {
        kind: 'salient',
        box,
        weight: Math.round(share * 100) / 100,
        score: Math.round(mean * settings.mostScore * 100) / 100,
      },
    ]
  })
}
