/** Where each crop lies, by the same code as in the build. Pure. */
import type { CropWarning, Placement, RgbRaster, Subject } from '@hero-image/core'
import { placeCrop } from '@hero-image/core/crop'
import { type CropDecisions, decideCrop, type LockedPhoto, openWarnings } from '@hero-image/core/decisions'
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

/** What holds for a crop, after import, sidecar, config and lock. */
export function decide({ photo, crop, sidecar, locked }: PlaceRequest): CropDecisions {
  const { query = {}, config = {} } = crop
  const { photo: from, ...decisions } = sidecar
  // Without a hash nobody can say whether the photo has changed.
  const { hash = from ?? '' } = photo
  const said = { photo: hash, sidecar: from === undefined ? decisions : sidecar }
  return decideCrop({ query, config }, crop, locked === undefined ? said : { ...said, locked })
}

/** Places a crop. */
export function place({ photo, crop, subject, preview }: PlaceRequest, { overrides, pin }: CropDecisions): Placed {
  const { leastWidth = 1 } = crop
  const placement = placeCrop({
    photo,
    crop,
    subject,
    overrides,
    leastWidth,
    ...(preview === undefined ? {} : { preview }),
  })
  return { placement, open: openWarnings(pin === undefined ? placement : { ...placement, pin }) }
}
