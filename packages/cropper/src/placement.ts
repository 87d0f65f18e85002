/** Where each crop lies, by the same code as in the build. Pure. */
import type { CropWarning, Placement, RgbRaster, Subject } from '@hero-image/core'
import { placeCrop } from '@hero-image/core/crop'
import { decideCrop, type LockedPhoto, openWarnings } from '@hero-image/core/decisions'
import type { Sidecar } from '@hero-image/core/sidecar'
import type { CropperCrop, CropperPhoto } from './types.ts'

/** What a crop is placed from. */
export interface PlaceRequest {
  readonly photo: CropperPhoto
  readonly crop: CropperCrop
  readonly subject: Subject
  readonly sidecar: Sidecar
  readonly locked: LockedPhoto | undefined
  readonly preview: RgbRaster | undefined
}

/** A place, and what of its warnings nobody has answered yet. */
export interface Placed {
  readonly placement: Placement
  readonly open: readonly CropWarning[]
}

/** Places a crop; fast enough to follow a drag. */
export function place({ photo, crop, subject, sidecar, locked, preview }: PlaceRequest): Placed {
  const { query = {}, config = {} } = crop
  const { photo: from, ...decisions } = sidecar
  // Without a hash nobody can say whether the photo has changed.
  const { hash = from ?? '' } = photo
  const said = {
    photo: hash,
    sidecar: from === undefined ? decisions : sidecar,
    ...(locked === undefined ? {} : { locked }),
  }
  const { overrides, pin } = decideCrop({ query, config }, crop, said)
  const placement = placeCrop({ photo, crop, subject, overrides, ...(preview === undefined ? {} : { preview }) })
  return { placement, open: openWarnings({ ...placement, ...(pin === undefined ? {} : { pin }) }) }
}
