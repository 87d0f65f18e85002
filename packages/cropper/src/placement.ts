/** Where each crop lies, by the same code as in the build. Pure. */

import type { Decisions, Placement, RgbRaster, Subject } from '@hero-image/core'
import { type Overrides, placeCrop } from '@hero-image/core/crop'
import type { Sidecar } from '@hero-image/core/sidecar'
import { rectOf, textOf } from './state/lookup.ts'
import type { CropperCrop, CropperPhoto } from './types.ts'

/** What a crop is placed from. */
export interface PlaceRequest {
  readonly photo: CropperPhoto
  readonly crop: CropperCrop
  readonly subject: Subject
  readonly sidecar: Sidecar
  readonly preview: RgbRaster | undefined
  /** True when the sidecar was written for another photo. */
  readonly foreign: boolean
}

/** Places a crop; fast enough to follow a drag. */
export function place({ photo, crop, subject, sidecar, preview, foreign }: PlaceRequest): Placement {
  const overrides = { ...overridesOf(crop, sidecar), ...(foreign ? { photoChanged: true } : {}) }
  return placeCrop({ photo, crop, subject, overrides, ...(preview === undefined ? {} : { preview }) })
}

/** What people decided for one crop: its import, then the sidecar, then the config, each decision by itself. */
export function overridesOf(crop: CropperCrop, sidecar: Sidecar): Overrides {
  const layers = [
    { by: 'query', said: crop.query ?? {} },
    { by: 'sidecar', said: sidecar },
    { by: 'config', said: crop.config ?? {} },
  ] as const
  const first = <Value>(read: (said: Decisions) => Value | undefined) =>
    layers.map(({ said }) => read(said)).find((value) => value !== undefined)
  const speaks = (said: Decisions) => said.focus ?? said.limits ?? rectOf(said, crop)
  // The focus of an import is nearer than the rectangle of a sidecar.
  const nearest = layers.find(({ said }) => said.focus !== undefined || rectOf(said, crop) !== undefined)
  const rect = nearest === undefined ? undefined : rectOf(nearest.said, crop)
  const focus = first((said) => said.focus)
  const limits = first((said) => said.limits)
  const text = first((said) => textOf(said, crop)) ?? crop.text
  const zoom = first((said) => said.zoom) ?? crop.zoom
  return {
    by: layers.find(({ said }) => speaks(said) !== undefined)?.by,
    ...(rect === undefined ? {} : { rect }),
    ...(focus === undefined ? {} : { focus }),
    ...(limits === undefined ? {} : { limits }),
    ...(text === undefined ? {} : { text }),
    ...(zoom === undefined ? {} : { zoom }),
  }
}
