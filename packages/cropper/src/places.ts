/** Every crop in its place, remembered while nothing changes for it. */
import type { CropWarning, Placement, RelativeRect, RgbRaster, Subject } from '@hero-image/core'
import { toRelative } from '@hero-image/core/crop'
import type { LockedPhoto } from '@hero-image/core/decisions'
import type { Sidecar } from '@hero-image/core/sidecar'
import { type Device, deviceFor } from './device.ts'
import { decide, type Placed, type PlaceRequest, place } from './placement.ts'
import type { CropperCrop, CropperPhoto } from './types.ts'

/** What the host gives. */
export interface Given {
  readonly photo: CropperPhoto
  readonly crops: readonly CropperCrop[]
  readonly subject: Subject
  readonly preview: RgbRaster | undefined
  readonly locked: LockedPhoto | undefined
}

/** A crop with its place. */
export interface PlacedCrop extends CropperCrop {
  /** Unique among all presets. */
  readonly id: string
  /** Unique in words: with its preset where two presets have a crop of that name. */
  readonly label: string
  readonly device: Device
  readonly placement: Placement
  /** Warnings that nobody has answered by an exact rectangle or a lock. */
  readonly open: readonly CropWarning[]
  /** The place in shares of the photo. */
  readonly rect: RelativeRect
}

/** Places crops by what sidecars say. */
export class Places {
  readonly #given: Given
  readonly #savedFor: string | undefined
  readonly #bySidecar = new WeakMap<Sidecar, readonly PlacedCrop[]>()
  /** The last place of each crop: while one crop is dragged, nothing changes for the others. */
  readonly #last = new Map<string, { readonly why: string; readonly placed: Placed }>()

  /** @param savedFor hash of the photo that the decisions were last saved for */
  constructor(given: Given, savedFor: string | undefined) {
    this.#given = given
    this.#savedFor = savedFor
  }

  /** Where every crop lies when this sidecar holds. */
  by(sidecar: Sidecar): readonly PlacedCrop[] {
    const crops = this.#bySidecar.get(sidecar) ?? this.#place(sidecar)
    this.#bySidecar.set(sidecar, crops)
    return crops
  }

  #place(sidecar: Sidecar): readonly PlacedCrop[] {
    const { photo, crops, subject, preview, locked } = this.#given
    const { photo: _, ...said } = sidecar
    const seen = this.#savedFor === undefined ? said : { ...said, photo: this.#savedFor }
    return crops.map((crop) => {
      const id = `${crop.preset}/${crop.name}`
      const twice = crops.some((other) => other !== crop && other.name === crop.name)
      const placed = this.#remember(id, { photo, crop, subject, sidecar: seen, locked, preview })
      return {
        ...crop,
        ...placed,
        id,
        label: twice ? `${crop.preset} ${crop.name}` : crop.name,
        device: deviceFor(crop, crops),
        rect: toRelative(photo, placed.placement.rect),
      }
    })
  }

  #remember(id: string, request: PlaceRequest): Placed {
    const decisions = decide(request)
    const why = JSON.stringify(decisions)
    const last = this.#last.get(id)
    const placed = last?.why === why ? last.placed : place(request, decisions)
    this.#last.set(id, { why, placed })
    return placed
  }
}
