/** How wide the widest file of a crop has to be, whatever the photo has: zooming stops there. Pure. */
import { viewportRange } from '../media/condition.ts'
import { slotWidths } from '../media/sizes.ts'
import type { CropRequest, LadderSettings } from '../types.ts'

/** The crops with their `leastWidth`. Told before a request is cut down for development, so that crops lie there as they lie in the build. */
export function withLeastWidths(crops: readonly CropRequest[], ladder: LadderSettings): readonly CropRequest[] {
  const media = crops.map((crop) => crop.media)
  return crops.map((crop, index) => {
    const widest =
      crop.widths === undefined
        ? Math.min(largestSlot(crop.sizes, media, index) * ladder.maxDensity, ladder.maxWidth)
        : Math.max(...crop.widths)
    return { ...crop, leastWidth: Math.max(1, Math.round(widest)) }
  })
}

/** By what was asked: a warm build does little else than complete requests, and most of them are of a few presets. */
const known = new Map<string, number>()

function largestSlot(sizes: string, media: readonly (string | undefined)[], index: number): number {
  const key = JSON.stringify([sizes, media, index])
  const slot = known.get(key) ?? slotWidths(sizes, viewportRange(media, index)).max
  known.set(key, slot)
  return slot
}
