/** Evens out exposure: the same scene, taken darker or brighter, looks nearly the same to detectors and saliency. */
import type { RgbRaster } from '../types.ts'
import { exponential } from './exponential.ts'
import { lightSettings as settings } from './weights.ts'

/** The raster with black and white stretched to the ends and its middle brightness moved towards that of a usual photo, within limits. */
export function evenLight(raster: RgbRaster): RgbRaster {
  const histogram = brightnessOf(raster)
  const pixels = raster.width * raster.height
  const black = valueAt(histogram, pixels * settings.ends)
  const white = Math.max(black + 1, valueAt(histogram, pixels * (1 - settings.ends)))
  const middle = (valueAt(histogram, pixels / 2) - black) / (white - black)
  const gamma = middle <= 0 || middle >= 1 ? 1 : logarithm(settings.middle) / logarithm(middle)
  const limited = Math.min(1 / settings.leastGamma, Math.max(settings.leastGamma, gamma))
  const table = Uint8Array.from({ length: 256 }, (_, value) => {
    const share = Math.min(1, Math.max(0, (value - black) / (white - black)))
    return share === 0 ? 0 : Math.round(255 * exponential(limited * logarithm(share)))
  })
  const data = new Uint8Array(raster.data.length)
  for (let index = 0; index < data.length; index++) data[index] = table[raster.data[index] ?? 0] ?? 0
  return { ...raster, data }
}

function brightnessOf({ data }: RgbRaster): Uint32Array {
  const histogram = new Uint32Array(256)
  for (let at = 0; at + 2 < data.length; at += 3) {
    const value = ((data[at] ?? 0) + 2 * (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) >> 2
    histogram[value] = (histogram[value] ?? 0) + 1
  }
  return histogram
}

/** The brightness below which so many pixels lie. */
function valueAt(histogram: Uint32Array, count: number): number {
  let below = 0
  const value = histogram.findIndex((pixels) => {
    below += pixels
    return below >= count
  })
  return Math.max(0, value)
}

/** ln x for 0 < x ≤ 1, by Newton's method over our own exponential: engines' own may differ in the last digit. */
function logarithm(x: number): number {
  let [estimate, scaled] = [0, x]
  while (scaled < 0.5) {
    scaled *= 2
    estimate -= Math.LN2
  }
  let rest = scaled - 1
  for (let step = 0; step < 5; step++) rest += scaled / exponential(rest) - 1
  return estimate + rest
}
