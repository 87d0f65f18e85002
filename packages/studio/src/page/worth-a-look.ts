/** Which photos a person should look at. Pure. */
import type { PhotoDetails } from '../wire.ts'

/** True when a crop has a warning that nobody has answered, or when something is wrong. */
export function looksWorthwhile(known: PhotoDetails | Error | undefined): boolean {
  if (known === undefined) return false
  if (known instanceof Error || known.sidecarProblem !== undefined) return true
  return known.uses.some(({ crops, problem }) => problem !== undefined || crops.some(({ open }) => open.length > 0))
}
