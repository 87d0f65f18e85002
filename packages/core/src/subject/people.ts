/** People as boxes: the parts of the mask, each believed for the faces in it or for its own looks. */

import type { DetectedBox } from '../types.ts'
import { findComponents } from './components.ts'
import type { Mask } from './person-mask.ts'
import { personSettings as settings } from './weights.ts'

/** Persons that a face vouches for, and other compact shapes that the mask is sure of, which are often animals and things. */
export function findPeople(mask: Mask, faces: readonly DetectedBox[]): readonly DetectedBox[] {
  return findComponents(mask, settings.threshold).flatMap(({ box, area, mean, fill, has }): DetectedBox[] => {
    const inside = faces.filter((face) => has(cellUnder(face, mask)))
    const best = inside.reduce((top, { score }) => Math.max(top, score), 0)
    if (best > 0) return [{ label: 'person', score: Math.max(best, mean), box }]
    const isSure = mean >= settings.leastMean && fill >= settings.leastFill && area >= settings.leastArea
    return isSure && area <= settings.mostArea ? [{ label: 'figure', score: mean * fill, box }] : []
  })
}

/** The mask's cell in the middle of a face. */
function cellUnder({ box }: DetectedBox, { width, height }: Mask): number {
  const x = Math.min(width - 1, Math.floor((box.x + box.width / 2) * width))
  const y = Math.min(height - 1, Math.floor((box.y + box.height / 2) * height))
  return y * width + x
}
