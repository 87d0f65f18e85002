/** Our crops, from the built package as browsers and builds call it. */

import type { TextZone } from '@hero-image/core'
import { placeCrop } from '@hero-image/core/crop'
import type { Frame, PhotoSet } from './annotations.ts'
import { createFinder, type Tier } from './finder.ts'
import { type Crops, fileOf, type Method } from './method.ts'
import { readSmall } from './raster.ts'
import { ratios, textKeys, toNumber } from './ratios.ts'

/** Ours, with the detectors of a tier. */
export async function createOurs(name: string, tier: Tier): Promise<Method> {
  const find = await createFinder(tier)
  const place = async (set: PhotoSet, id: string, keys: readonly string[]): Promise<Crops> => {
    const { size, raster, preview } = await readSmall(fileOf(set, id))
    const subject = await find(raster)
    return Object.fromEntries(
      keys.map((key): [string, Frame] => {
        const text = sideOf(key)
        const { rect } = placeCrop({
          photo: size,
          crop: { ratio: toNumber(key) },
          subject,
          preview,
          overrides: text === undefined ? { by: undefined } : { by: undefined, text },
        })
        const { left, top, width, height } = rect
        return [key, { x: left / size.width, y: top / size.height, w: width / size.width, h: height / size.height }]
      }),
    )
  }
  return {
    name,
    crop: (set, id) => place(set, id, ratios),
    cropForText: (set, id) => place(set, id, textKeys),
  }
}

function sideOf(key: string): TextZone | undefined {
  const side = key.split('@')[1]
  return side === 'left' || side === 'right' || side === 'top' || side === 'bottom' ? side : undefined
}
