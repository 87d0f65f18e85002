/** A request cut down for development in hosts that make every file before they show the page. Pure. */
import type { HeroRequest } from '../types.ts'

/**
 * One format and two widths per crop: WebP, which every browser reads, holds alpha and animation, and is drawn in a twentieth of a second; the smallest and
 * the largest width that a screen of density 1 asks for, or of those written by hand.
 */
export function toQuickRequest(request: HeroRequest): HeroRequest {
  return {
    ...request,
    formats: ['webp'],
    crops: request.crops.map((crop) => {
      const smallest = crop.widths?.at(0)
      const largest = crop.widths?.at(-1)
      return smallest === undefined || largest === undefined ? crop : { ...crop, widths: [smallest, largest] }
    }),
    ladder: { ...request.ladder, maxDensity: 1, step: Number.POSITIVE_INFINITY },
  }
}
