/** Names of crops inside decisions. */
import type { Decisions, TextZone } from '../types.ts'
import { parseRatio } from './ratio.ts'

/** True when a text is said crop by crop. A zone itself is a side or a rectangle, whose `x` is a number. */
export function isPerCrop(text: NonNullable<Decisions['text']>): text is Readonly<Record<string, TextZone>> {
  return typeof text === 'object' && typeof text.x !== 'number'
}

/** The names that are neither one of the known crops nor a ratio, each once. */
export function strangersIn({ crops = {}, text }: Decisions, knownNames: readonly string[]): string[] {
  const texts = text !== undefined && isPerCrop(text) ? text : {}
  const known = new Set(knownNames)
  const names = new Set([...Object.keys(crops), ...Object.keys(texts)])
  return [...names].filter((name) => !known.has(name) && parseRatio(name) === undefined)
}
