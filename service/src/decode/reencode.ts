/** Draws a picture anew in another file: sRGB, upright, without metadata, so neither places nor polyglots get through. Runs in the child only. */
import { openPicture } from './open-picture.ts'
import type { Work } from './operation-work.ts'
import type { PictureType } from './operations.ts'

export const reencode: Work<'reencode'> = async ([file], { format, fit, width, height, quality }, limits) => {
  const { pipeline } = await openPicture(file, limits)
  const drawn = pipeline()
    .autoOrient()
    .resize({ width, height, fit, withoutEnlargement: fit === 'inside' })
  // JPEG knows no transparency; what shows through is paper.
  if (format === 'jpeg') drawn.flatten({ background: '#fff' })
  const { data, info } = await drawn
    .toFormat(format, quality === undefined ? {} : { quality })
    .toBuffer({ resolveWithObject: true })
  const mediaType: PictureType = `image/${format}`
  return {
    facts: { mediaType, width: info.width, height: info.height, hasAlpha: info.channels === 2 || info.channels === 4 },
    bytes: data,
  }
}
