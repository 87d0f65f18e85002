/** Original pixels go back over what was drawn, byte by byte: providers move, recolour and redraw what they were told to keep. */
import type { Rect } from '@hero-image/core/crop'
import type { Pixels } from './exact-pixels.ts'

/** Copies a photo into a larger picture of as many channels. */
export function copyInto(picture: Pixels, photo: Pixels, place: Rect): void {
  const row = photo.width * photo.channels
  for (let y = 0; y < photo.height; y += 1) {
    const to = ((place.top + y) * picture.width + place.left) * picture.channels
    photo.data.copy(picture.data, to, y * row, (y + 1) * row)
  }
}

/**
 * Puts the photo back wherever the mask is black, and shares of it where the mask is grey.
 *
 * @param mask one byte per pixel, 255 where the drawn picture counts
 */
export function mixByMask(picture: Pixels, photo: Pixels, mask: Uint8Array): void {
  const { channels } = picture
  const count = picture.width * picture.height
  for (let index = 0; index < count; index += 1) {
    const share = mask[index] ?? 0
    if (share === 255) continue
    for (let at = index * channels; at < (index + 1) * channels; at += 1) {
      const kept = photo.data[at] ?? 0
      picture.data[at] = share === 0 ? kept : Math.round(kept + (((picture.data[at] ?? 0) - kept) * share) / 255)
    }
  }
}
