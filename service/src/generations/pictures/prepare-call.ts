/** What a provider is sent: the photo on its canvas in the provider's size, and where it may draw. Runs in decoders only. */
import type { Rect, Size } from '@hero-image/core/crop'
import type { DecoderLimits } from '../../decode/messages.ts'
import { openPicture } from '../../decode/open-picture.ts'
import { originalInDrawn, type Plan } from '../plan.ts'
import { toPixels, toSharp } from './exact-pixels.ts'
import { extendPixels } from './local-extend.ts'
import { encodeMask, maskAround, readMask } from './mask.ts'

/** How to prepare. */
export interface CallOptions {
  readonly plan: Plan
  readonly mask: 'none' | 'white' | 'transparent'
  readonly gives: 'canvas' | 'photo'
}

/** PNGs to send. */
export interface CallPictures {
  readonly picture: Buffer
  readonly mask?: Buffer
}

/** Draws them; with a mask of a person when there is one. */
export async function prepareCall(
  source: Uint8Array,
  personMask: Uint8Array | undefined,
  { plan, mask, gives }: CallOptions,
  limits: DecoderLimits,
): Promise<CallPictures> {
  const { size } = plan.drawn
  const place = originalInDrawn(plan)
  const { pipeline } = await openPicture(source, limits)
  // Providers know sRGB only.
  const photo = await toPixels(
    pipeline().autoOrient().toColourspace('srgb').resize(place.width, place.height, { fit: 'fill' }),
  )
  if (gives === 'photo') return { picture: await toSharp(photo).png().toBuffer() }
  // Where nothing is yet, the mirror image: a provider that looks at it has the right colours at hand.
  const isWhole = place.width === size.width && place.height === size.height
  const canvas = isWhole ? photo : await extendPixels(photo, size, place)
  const picture = await toSharp(canvas).png().toBuffer()
  if (mask === 'none') return { picture }
  if (plan.original !== null) return { picture, mask: await encodeMask(maskAround(size, place), size, mask) }
  if (personMask === undefined) return { picture }
  const changed = placeMask(size, place, await readMask(personMask, place, limits))
  return { picture, mask: await encodeMask(changed, size, mask) }
}

/** What lies around the photo in the drawn picture is cut off later, so it need not be drawn. */
function placeMask(size: Size, place: Rect, inner: Buffer): Buffer {
  const whole = Buffer.alloc(size.width * size.height)
  for (let y = 0; y < place.height; y += 1) {
    inner.copy(whole, (place.top + y) * size.width + place.left, y * place.width, (y + 1) * place.width)
  }
  return whole
}
