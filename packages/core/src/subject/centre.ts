import type { Subject } from '../types.ts'

/** The subject where nothing is known: the middle of the picture. */
export const centre: Subject = {
  by: 'centre',
  boxes: [{ kind: 'point', box: { x: 0.5, y: 0.5, width: 0, height: 0 }, weight: 1 }],
}
