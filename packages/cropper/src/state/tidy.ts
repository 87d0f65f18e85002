/** A sidecar as it is written: rounded, in a fixed order, without what nobody decided. Pure. */
import type { Focus, RelativeRect, TextZone } from '@hero-image/core'
import type { Sidecar } from '../types.ts'
import { isPerCrop } from './lookup.ts'

/**
 * Tidies a sidecar for writing.
 *
 * @param photo hash of the photo that the person has just seen; replaces the one in the sidecar
 */
export function tidy(sidecar: Sidecar, photo: string | undefined, schema: string | undefined): Sidecar {
  const { $schema = schema, focus, limits, crops = {}, text, zoom, alt = '', photo: before, ...rest } = sidecar
  const zones = text !== undefined && isPerCrop(text) ? text : undefined
  const said: Sidecar = {
    ...(focus === undefined ? {} : { focus: tidyFocus(focus) }),
    ...(limits === undefined ? {} : { limits: tidyRect(limits) }),
    ...(Object.keys(crops).length === 0 ? {} : { crops: each(crops, tidyRect) }),
    ...(zones === undefined && text !== undefined && !isPerCrop(text) ? { text: tidyZone(text) } : {}),
    ...(zones === undefined || Object.keys(zones).length === 0 ? {} : { text: each(zones, tidyZone) }),
    ...(zoom === undefined ? {} : { zoom: round(zoom) }),
    ...(alt.trim() === '' ? {} : { alt: alt.trim() }),
    ...rest,
  }
  // What says nothing needs neither a schema nor a photo: the host may delete the file.
  if (Object.keys(said).length === 0) return {}
  const hash = photo ?? before
  return {
    ...($schema === undefined ? {} : { $schema }),
    ...said,
    ...(hash === undefined ? {} : { photo: hash }),
  }
}

/** True when two sidecars say the same in the same order. */
export function sameSidecar(one: Sidecar, other: Sidecar): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

function each<Entry>(table: Readonly<Record<string, Entry>>, write: (entry: Entry) => Entry): Record<string, Entry> {
  return Object.fromEntries(Object.entries(table).map(([name, entry]) => [name, write(entry)]))
}

function tidyFocus({ x, y, width, height }: Focus): Focus {
  return {
    x: round(x),
    y: round(y),
    ...(width ? { width: round(width) } : {}),
    ...(height ? { height: round(height) } : {}),
  }
}

/** Sides are cut, not rounded, where rounding would leave the photo. */
function tidyRect({ x, y, width, height }: RelativeRect): RelativeRect {
  const left = round(x)
  const top = round(y)
  return { x: left, y: top, width: round(Math.min(width, 1 - left)), height: round(Math.min(height, 1 - top)) }
}

function tidyZone(zone: TextZone): TextZone {
  return typeof zone === 'string' ? zone : tidyRect(zone)
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
