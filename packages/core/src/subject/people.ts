/** People as boxes: the parts of the mask, each believed for the faces in it or for its own looks. */

import type { DetectedBox } from '../types.ts'
import { type Component, findComponents } from './components.ts'
import type { Mask } from './person-mask.ts'
import { personSettings as settings } from './weights.ts'

/** Persons that a face vouches for, and other clear shapes that the mask is sure of: people from behind, animals, things. */
export function findPeople(mask: Mask, faces: readonly DetectedBox[]): readonly DetectedBox[] {
  return findComponents(mask, settings.threshold).flatMap((part): DetectedBox[] => {
    const inside = faces.filter((face) => cellsOf(face, mask).some(part.has))
    const best = inside.reduce((top, { score }) => Math.max(top, score), 0)
    if (best > 0) return [{ label: 'person', score: Math.max(best, part.mean), box: part.box }]
    return isClear(part) ? [{ label: 'figure', score: part.mean * settings.figureScore, box: part.box }] : []
  })
}

function isClear({ box, area, mean, fill }: Component): boolean {
  if (area > settings.mostArea) return false
  const touchesSide = box.x === 0 || box.x + box.width === 1
  const touchesEnd = box.y === 0 || box.y + box.height === 1
  const isCorner = touchesSide && touchesEnd
  return settings.clear.some((least) => {
    return mean >= least.mean && fill >= least.fill && area >= least.area && (least.corner || !isCorner)
  })
}

/** The mask's cells in the middle of a face and at its neck. */
function cellsOf({ box }: DetectedBox, { width, height }: Mask): number[] {
  return [0.5, 1.1].map((down) => {
    const x = Math.min(width - 1, Math.floor((box.x + box.width / 2) * width))
    const y = Math.min(height - 1, Math.floor((box.y + box.height * down) * height))
    return y * width + x
  })
}
