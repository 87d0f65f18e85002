/** On which screen a crop is shown: the frame of its preview. Pure. */
import type { CropperCrop } from './types.ts'

/** A screen that people hold or sit at. */
export type Device = 'phone' | 'tablet' | 'desktop'

const emInPx = 16

/**
 * The device whose screens fall under a crop's media condition. A crop without one is what the narrowest screens get when its preset has others, else its
 * ratio decides.
 */
export function deviceFor(crop: CropperCrop, all: readonly CropperCrop[]): Device {
  const least = leastWidth(crop.media)
  if (least !== undefined) return least >= 960 ? 'desktop' : least >= 560 ? 'tablet' : 'phone'
  const most = mostWidth(crop.media)
  if (most !== undefined) return most < 600 ? 'phone' : most < 1100 ? 'tablet' : 'desktop'
  if (crop.media !== undefined) return crop.media.includes('portrait') ? 'phone' : byRatio(crop.ratio)
  const siblings = all.filter(({ preset, name }) => preset === crop.preset && name !== crop.name)
  return siblings.some(({ media }) => leastWidth(media) !== undefined) ? 'phone' : byRatio(crop.ratio)
}

function byRatio(ratio: number): Device {
  return ratio === 0 || ratio >= 1.3 ? 'desktop' : ratio >= 1 ? 'tablet' : 'phone'
}

function leastWidth(media = ''): number | undefined {
  return width(/min-width:\s*([\d.]+)(px|r?em)|width\s*>=?\s*([\d.]+)(px|r?em)/.exec(media))
}

function mostWidth(media = ''): number | undefined {
  return width(/max-width:\s*([\d.]+)(px|r?em)|width\s*<=?\s*([\d.]+)(px|r?em)/.exec(media))
}

function width(found: RegExpExecArray | null): number | undefined {
  if (found === null) return undefined
  const [, value = found[3], unit = found[4]] = found
  return Number(value) * (unit === 'px' ? 1 : emInPx)
}
