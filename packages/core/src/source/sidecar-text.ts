/** The text of a sidecar as the editor and the command write it: made for reading diffs. Pure, runs in browsers. */
import type { Decisions, Focus, RelativeRect, TextZone } from '../types.ts'

/** What a person decided about a photo, and for which bytes. */
export interface Sidecar extends Decisions {
  /** SHA-256 of the photo the decisions were made for. */
  readonly photo?: string
}

/** Editors complete and check the file with this; the package has it as `@hero-image/core/sidecar.schema.json`. */
export const sidecarSchemaUrl = 'https://unpkg.com/@hero-image/core/sidecar.schema.json'

/** A ten-thousandth of a photo of 5000 px is half a pixel: more digits would only make diffs longer. */
const steps = 10_000

/**
 * The text of a sidecar: always the same order of fields, crops by name, numbers with four decimals, one line for each rectangle.
 *
 * Rectangles stay inside the photo and keep a width and height when they are rounded.
 */
export function formatSidecar({ focus, limits, crops, text, zoom, alt, photo }: Sidecar): string {
  const fields: (readonly [string, string | undefined])[] = [
    ['$schema', JSON.stringify(sidecarSchemaUrl)],
    ['focus', focus && toLine(roundFocus(focus))],
    ['limits', limits && toLine(roundRect(limits))],
    ['crops', crops && toLines(crops, (rect) => toLine(roundRect(rect)))],
    ['text', text === undefined || isZone(text) ? text && zoneToLine(text) : toLines(text, zoneToLine)],
    ['zoom', zoom === undefined ? undefined : String(round(zoom))],
    ['alt', alt === undefined ? undefined : JSON.stringify(alt)],
    ['photo', photo && JSON.stringify(photo)],
  ]
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : `  ${JSON.stringify(name)}: ${value}`))
  return `{\n${lines.join(',\n')}\n}\n`
}

/** True when a text is the same for all crops. */
function isZone(text: NonNullable<Sidecar['text']>): text is TextZone {
  return typeof text === 'string' || typeof text.x === 'number'
}

function zoneToLine(zone: TextZone): string {
  return typeof zone === 'string' ? JSON.stringify(zone) : toLine(roundRect(zone))
}

/** Sorted, so that the order in which a person touched the crops leaves no trace. */
function toLines<T>(table: Readonly<Record<string, T>>, write: (value: T) => string): string | undefined {
  const names = Object.keys(table).sort()
  const lines = Object.entries(table)
    .sort(([a], [b]) => names.indexOf(a) - names.indexOf(b))
    .map(([name, value]) => `    ${JSON.stringify(name)}: ${write(value)}`)
  return lines.length === 0 ? undefined : `{\n${lines.join(',\n')}\n  }`
}

function toLine(numbers: object): string {
  const pairs = Object.entries(numbers).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  return `{ ${pairs.join(', ')} }`
}

function roundFocus({ x, y, width = 0, height = 0 }: Focus): Focus {
  const isPoint = width === 0 && height === 0
  return { x: round(x), y: round(y), ...(isPoint ? {} : { width: round(width), height: round(height) }) }
}

function roundRect({ x, y, width, height }: RelativeRect): RelativeRect {
  const [left, across] = roundSpan(x, width)
  const [top, down] = roundSpan(y, height)
  return { x: left, y: top, width: across, height: down }
}

/** Both ends are rounded, not the length, which could end beyond the edge. */
function roundSpan(start: number, length: number): readonly [number, number] {
  const first = Math.min(Math.round(start * steps), steps - 1)
  const last = Math.min(Math.max(Math.round((start + length) * steps), first + 1), steps)
  return [first / steps, (last - first) / steps]
}

function round(value: number): number {
  return Math.round(value * steps) / steps
}
