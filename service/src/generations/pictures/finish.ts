/** What came back → what is delivered: looked at as a stranger's file, brought to size, with the original laid over it. Runs in decoders only. */
import type { DecoderLimits } from '../../decode/messages.ts'
import { openPicture, Refused } from '../../decode/open-picture.ts'
import type { Plan } from '../plan.ts'
import { type Pixels, readPixels, toPixels, toSharp, withChannels } from './exact-pixels.ts'
import { readMask } from './mask.ts'
import { copyInto, mixByMask } from './paste.ts'
import { nameOfProfile } from './profile.ts'

/** Providers round sides to their own steps. */
const ratioTolerance = 0.03

/** And some draw smaller than asked; below this share of the side it is a thumbnail. */
const leastShare = 0.5

/**
 * The canvas as it was drawn, in the size of the picture that is delivered.
 *
 * @throws Refused for what has not the form that was asked for
 */
export async function readDrawn(
  file: Uint8Array,
  { drawn: { size, frame }, canvas }: Plan,
  limits: DecoderLimits,
): Promise<Pixels> {
  const { width, height, pipeline } = await openPicture(file, limits)
  const off = Math.abs(Math.log(width / height) - Math.log(size.width / size.height))
  if (off > ratioTolerance || width < size.width * leastShare) throw new Refused('different-size')
  const sized = await toPixels(
    pipeline()
      .autoOrient()
      .toColourspace('srgb')
      .flatten({ background: '#fff' })
      .resize(size.width, size.height, { fit: 'fill' }),
  )
  const isWhole = frame.width === size.width && frame.height === size.height
  const framed = isWhole ? sized : await toPixels(toSharp(sized).extract(frame))
  if (framed.width === canvas.width && framed.height === canvas.height) return framed
  return toPixels(toSharp(framed).resize(canvas.width, canvas.height, { fit: 'fill' }))
}

/**
 * Lays the original over what was drawn: at its place when the canvas was extended, outside of the mask when a part was edited. A photo in sRGB or Display P3 stays in
 * its profile; of another it is converted to sRGB first, and exactness means those pixels.
 */
export async function pasteOriginal(
  drawnFile: Uint8Array,
  source: Uint8Array,
  mask: Uint8Array | undefined,
  plan: Plan,
  limits: DecoderLimits,
): Promise<Pixels> {
  const photo = await readPixels(source, limits, (profile) => nameOfProfile(profile) !== undefined)
  const drawn = inColoursOf(photo, await readDrawn(drawnFile, plan, limits))
  const picture = withChannels(await drawn, photo.channels)
  if (plan.original !== null) copyInto(picture, photo, plan.original)
  else if (mask !== undefined) mixByMask(picture, photo, await readMask(mask, plan.canvas, limits))
  return photo.profile === undefined ? picture : { ...picture, profile: photo.profile }
}

async function inColoursOf({ profile }: Pixels, drawn: Pixels): Promise<Pixels> {
  if (profile === undefined || nameOfProfile(profile) !== 'p3') return drawn
  return toPixels(toSharp(drawn).withIccProfile('p3', { attach: false }))
}
