import { emInPx } from './length.ts'
import { all, breakpointsOf, type Condition, featureSets, isTrue } from './logic.ts'
import { parseMedia } from './query.ts'

/** A closed range of CSS px. */
export interface PxRange {
  readonly min: number
  readonly max: number
}

/**
 * Viewports worth planning for: from 320 px, the width that WCAG 1.4.10 asks every page to work at, to 1920 px, the
 * widest window in common use. Wider windows still get the largest file.
 */
export const usualViewports: PxRange = { min: 320, max: 1920 }

/**
 * The CSS px widths of viewports at which the crop `index` can be the one shown. 1em = 16px; features other than the
 * width may be true or false.
 *
 * Ends that the media names are kept even beyond the usual viewports; an open end stops at 1920 px, or at the lower end
 * when that is wider. A crop that is never shown gets the smallest usual viewport only.
 *
 * @throws HERO_INVALID_MEDIA
 */
export function viewportRange(medias: readonly (string | undefined)[], index: number): PxRange {
  const conditions = medias.slice(0, index + 1).map((media) => (media === undefined ? all([]) : parseMedia(media)))
  const pieces = piecesOf(conditions).filter(({ sample }) => canBeShown(conditions, sample))
  const first = pieces[0]
  const last = pieces.at(-1)
  if (first === undefined || last === undefined) return { min: usualViewports.min, max: usualViewports.min }
  const min = Math.max(first.min, Math.min(usualViewports.min, last.max))
  return { min, max: last.max === Infinity ? Math.max(usualViewports.max, min) : last.max }
}

interface Piece extends PxRange {
  readonly sample: number
}

/** The widths cut at every breakpoint: each point by itself and each stretch between two. */
function piecesOf(conditions: readonly Condition[]): readonly Piece[] {
  const stops = [0, ...breakpointsOf(conditions)]
  return stops.flatMap((stop, index) => {
    const next = stops[index + 1] ?? Infinity
    const between = next === Infinity ? stop + 1 : (stop + next) / 2
    return [
      { min: stop, max: stop, sample: stop },
      { min: stop, max: next, sample: between },
    ]
  })
}

function canBeShown(conditions: readonly Condition[], px: number): boolean {
  const sets = featureSets(conditions)
  if (sets === undefined) return true
  return sets.some((features) => {
    const world = { px, em: px / emInPx, features }
    return conditions.findIndex((condition) => isTrue(condition, world)) === conditions.length - 1
  })
}
