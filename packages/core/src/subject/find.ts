/** Finds the subject of a photo: what detectors see, weighed against each other, or else what stands out. Pure: the same raster gives the same subject. */
import type { Detect, DetectedBox, DetectorHints, RelativeRect, RgbRaster, Subject, SubjectBox } from '../types.ts'
import { centre } from './centre.ts'
import { type Densest, findDensest } from './densest.ts'
import { groupBoxes } from './group.ts'
import { createKernels } from './network/kernels.ts'
import { objectSettings } from './object-settings.ts'
import type { Mask } from './person-mask.ts'
import { createSaliency, type FindSaliency, shrinkMask, toGrid } from './saliency.ts'
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
  const hints = detect?.hints?.(raster)
  // The object network knows better what a figure is, or at least where.
  const guesses = hints?.objects === undefined ? [] : believed.filter(({ label }) => label === 'figure')
  const sure = believed.filter((detection) => !guesses.includes(detection))
  const found = sure.length === 0 ? [] : groupBoxes(sure, measureSharpness(raster))
  const [first] = found
  const isDoubtful = hints !== undefined && found.every(({ kind }) => kind === 'figure')
  if (first !== undefined && !isDoubtful)
    return { by: first.kind === 'face' ? 'faces' : first.kind, boxes: found, saliency }
  const salient = findSalient(mask, hints, guesses)
  // Clear shapes that no face vouches for are the subject twice in three times: the maps are asked as well.
  if (first !== undefined) {
    const figures = found.map((box) => ({ ...box, weight: box.weight * settings.figureBesideMaps }))
    return { by: first.kind, boxes: [...figures, ...salient], saliency }
  }
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

/**
 * What stands out, of which the finder is never sure. Each map draws a rectangle of its own, beside those of figures: where they agree a crop holds them
 * all, where they do not, as many as it can. Their mean would be nobody's opinion: measured, it is worse than either.
 */
function findSalient(
  saliency: Mask,
  hints: DetectorHints | undefined,
  figures: readonly DetectedBox[],
): readonly SubjectBox[] {
  const small = shrinkMask(saliency)
  const opinions = [densestOf(small, settings.threshold)]
  if (hints !== undefined) {
    const people = shrinkMask(hints.figures, small)
    opinions.push(
      densestOf(mix(small, people), settings.threshold),
      densestOf(people, settings.half),
      densestOf(hints.apart, settings.half),
      ...(hints.objects === undefined ? [] : [densestOf(hints.objects, objectSettings.threshold)]),
      ...figures.map(({ box, score }) => ({ box, mean: score })),
    )
  }
  const found = opinions.filter((opinion) => opinion !== undefined)
  const faintest = Math.min(...found.map(({ mean }) => mean))
  const score = Math.round(faintest * settings.mostScore * 100) / 100
  return found.map(({ box }) => ({ kind: 'salient', box, weight: 1, score }))
}

/** The densest rectangle of a map, against a share of its strongest cell; a map that is faint everywhere has no opinion. */
function densestOf(mask: Mask, threshold: number): Densest | undefined {
  const most = mask.data.reduce((top, value) => Math.max(top, value), 0)
  return most < settings.faint ? undefined : findDensest(mask, Math.round(most * threshold))
}

/** The person mask knows animals and things, too, if only faintly: alone it misses things, saliency alone misses dull animals. */
function mix(saliency: Mask, figures: Mask): Mask {
  const data = saliency.data.map((value, cell) =>
    Math.round(value * (1 - settings.figures) + (figures.data[cell] ?? 0) * settings.figures),
  )
  return { ...saliency, data }
}
