/** Keeps one photo open: the newest that was asked for. */
import type { RgbRaster } from '@hero-image/core'
import { openPhoto, toRaster } from './pixels.ts'
import type { CropperPhoto } from './types.ts'
import type { Opening } from './view/editor.ts'

/** Opens photos and closes what is not needed any more. */
export class Opener {
  opening: Opening
  /** Made of the photo, for hosts that have none. */
  raster: RgbRaster | undefined
  #src = ''
  #abort = new AbortController()

  /** Begins to open a photo, unless it is the one that is open. @param changed called when it is there, or when it cannot be opened */
  open(photo: CropperPhoto, changed: () => void): void {
    if (photo.src === this.#src) return
    this.close()
    this.#src = photo.src
    const { signal } = this.#abort
    const show = (opening: NonNullable<Opening>) => {
      if (signal.aborted) return closeBitmap(opening)
      this.opening = opening
      this.raster = 'bitmap' in opening ? toRaster(opening.bitmap) : undefined
      changed()
    }
    openPhoto(photo, signal).then(
      (bitmap) => show({ bitmap }),
      () => show({ failed: 'The photo cannot be opened.' }),
    )
  }

  /** Frees the pixels. */
  close(): void {
    this.#abort.abort()
    this.#abort = new AbortController()
    closeBitmap(this.opening)
    this.opening = undefined
    this.raster = undefined
    this.#src = ''
  }
}

function closeBitmap(opening: Opening): void {
  if (opening !== undefined && 'bitmap' in opening) opening.bitmap.close()
}
