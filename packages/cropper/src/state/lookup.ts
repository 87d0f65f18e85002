/** What decisions say about one crop: by its name, or else by its ratio. Pure. */
import type { Decisions, RelativeRect, TextZone } from '@hero-image/core'

/** The part of a crop that decisions are looked up by. */
export interface CropKey {
  readonly name: string
  readonly ratio: number
}

/** The exact rectangle of a crop. */
export function rectOf({ crops = {} }: Decisions, crop: CropKey): RelativeRect | undefined {
  return crops[keyOf(crops, crop) ?? '']
}

/** Where the headline of a crop lies. */
export function textOf({ text }: Decisions, crop: CropKey): TextZone | undefined {
  return text !== undefined && isPerCrop(text) ? text[keyOf(text, crop) ?? ''] : text
}

/** True when a text is said crop by crop. A zone itself is a side or a rectangle, whose `x` is a number. */
export function isPerCrop(text: NonNullable<Decisions['text']>): text is Readonly<Record<string, TextZone>> {
  return typeof text === 'object' && typeof text.x !== 'number'
}

/** The entry that holds for a crop. Two parts in a thousand are the same ratio: 1.78 means 16:9. */
export function keyOf(table: Readonly<Record<string, unknown>>, { name, ratio }: CropKey): string | undefined {
  if (Object.hasOwn(table, name)) return name
  return Object.keys(table).find((key) => Math.abs(readRatio(key) - ratio) <= 0.002 * ratio)
}

function readRatio(key: string): number {
  const [width, height = 1, ...more] = key.split(/[:/]/).map(Number)
  return width === undefined || more.length > 0 ? Number.NaN : width / height
}
