/** Decodes a whole picture and tells what it is. Runs in the child only. */
import { openPicture } from './open-picture.ts'
import type { Work } from './operation-work.ts'

export const inspect: Work<'inspect'> = async ([file], _params, limits) => {
  const { pipeline, mediaType, width, height, hasAlpha } = await openPicture(file, limits)
  // Every pixel is read, none kept: a header alone proves nothing, and the whole picture takes up to 400 MB.
  await pipeline().resize(8, 8, { fit: 'fill', fastShrinkOnLoad: false }).raw().toBuffer()
  return { facts: { mediaType, width, height, hasAlpha } }
}
