/** Finds the subject with libvips' attention strategy: the strongest mix of edges, skin tones and saturated colours. */

import { loadSharp } from '../source/load-sharp.ts'
import type { RgbRaster, Subject } from '../types.ts'
import { centre } from './centre.ts'

/**
 * One `point` box, of no extent, where the eye is drawn; the centre for pictures without any contrast.
 *
 * The point is a by-product of sharp's `cover` resize with `position: 'attention'` and is only computed when something is cropped away.
 */
export async function locate(raster: RgbRaster): Promise<Subject> {
  const { width, height, data } = raster
  if (isFlat(data)) return centre
  const sharp = await loadSharp()
  const side = Math.min(width, height)
  const isSquare = width === height
  const { info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: side, height: isSquare ? side - 1 : side, fit: 'cover', position: 'attention' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.attentionX === undefined || info.attentionY === undefined) return centre
  const x = Math.min(1, (info.attentionX + 0.5) / width)
  const y = Math.min(1, (info.attentionY + 0.5) / height)
  return { by: 'attention', boxes: [{ kind: 'point', box: { x, y, width: 0, height: 0 }, weight: 1 }] }
}

/** True when all pixels are equal, as in a raster of one pixel. */
function isFlat(data: Uint8Array): boolean {
  return data.every((value, index) => value === data[index % 3])
}
