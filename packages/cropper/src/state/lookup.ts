/** What decisions say about one crop: by its name, or else by its ratio. Pure. */
import type { Decisions, RelativeRect, TextZone } from '@hero-image/core'
import { forCrop, isPerCrop } from '@hero-image/core/decisions'

/** The part of a crop that decisions are looked up by. */
export interface CropKey {
  readonly name: string
  readonly ratio: number
}

/** The exact rectangle of a crop. */
export function rectOf({ crops = {} }: Decisions, crop: CropKey): RelativeRect | undefined {
  return forCrop(crops, crop)
}

/** Where the headline of a crop lies. */
export function textOf({ text }: Decisions, crop: CropKey): TextZone | undefined {
  return text !== undefined && isPerCrop(text) ? forCrop(text, crop) : text
}

/** The name of the entry that holds for a crop. */
export function keyOf(table: Readonly<Record<string, unknown>>, crop: CropKey): string | undefined {
  return forCrop(Object.fromEntries(Object.keys(table).map((key) => [key, key])), crop)
}
