/** Changes of a sidecar, one function for each thing that a person can decide. Pure. */

import type { Focus, RelativeRect, TextZone } from '@hero-image/core'
import { isPerCrop } from '@hero-image/core/decisions'
import type { Sidecar } from '@hero-image/core/sidecar'
import { type CropKey, keyOf } from './lookup.ts'

/** Gives every crop something to hold; without a focus the subject decides again. */
export function withFocus({ focus: _, ...rest }: Sidecar, focus: Focus | undefined): Sidecar {
  return focus === undefined ? rest : { ...rest, focus }
}

/** Keeps all crops inside a part of the photo; without limits they may use all of it. */
export function withLimits({ limits: _, ...rest }: Sidecar, limits: RelativeRect | undefined): Sidecar {
  return limits === undefined ? rest : { ...rest, limits }
}

/** Gives a crop an exact rectangle by its name; without one, the entry that holds for it goes, be it by name or by ratio. */
export function withRect(sidecar: Sidecar, crop: CropKey, rect: RelativeRect | undefined): Sidecar {
  return { ...sidecar, crops: change(sidecar.crops ?? {}, crop, rect) }
}

/** Gives one crop a text zone, or takes it away. A zone that was said for all crops becomes one for each of the others. */
export function withText(
  sidecar: Sidecar,
  crop: CropKey,
  zone: TextZone | undefined,
  all: readonly CropKey[],
): Sidecar {
  const { text = {} } = sidecar
  const table = isPerCrop(text) ? text : Object.fromEntries(all.map(({ name }) => [name, text]))
  return { ...sidecar, text: change(table, crop, zone) }
}

/** What the picture says in words. */
export function withAlt(sidecar: Sidecar, alt: string): Sidecar {
  return { ...sidecar, alt }
}

/** Everything automatic again; only the words stay. */
export function withoutDecisions({ alt, photo }: Sidecar): Sidecar {
  return {
    ...(alt === undefined ? {} : { alt }),
    ...(photo === undefined ? {} : { photo }),
  }
}

function change<Entry>(
  table: Readonly<Record<string, Entry>>,
  crop: CropKey,
  entry: Entry | undefined,
): Record<string, Entry> {
  if (entry !== undefined) return { ...table, [crop.name]: entry }
  const key = keyOf(table, crop)
  return Object.fromEntries(Object.entries(table).filter(([name]) => name !== key))
}
