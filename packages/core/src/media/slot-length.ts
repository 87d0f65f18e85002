// CSS lengths on a given viewport.
import { isTokenDimension, tokenize } from '@csstools/css-tokenizer'
import type { Size } from '../types.ts'
import { emInPx, toQuantity } from './length.ts'

const absolute: Readonly<Record<string, number>> = {
  px: 1,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  pc: 16,
  pt: 96 / 72,
  em: emInPx,
  rem: emInPx,
  // CSS Values 4: half an em where the font cannot be measured.
  ch: emInPx / 2,
  ex: emInPx / 2,
}

/** `svw`, `lvw` and `dvw` differ from `vw` by a phone's toolbar at most: one answer for all four. */
const relative = /^[sld]?v(w|h|i|b|min|max)$/

/** True for units that have a size before any font or layout is known. */
export function isLengthUnit(unit: string): boolean {
  return unit.toLowerCase() in absolute || relative.test(unit.toLowerCase())
}

/** True when a length also depends on the height of the viewport. */
export function usesHeight(css: string): boolean {
  return /\d[sld]?v(h|b|min|max)\b/i.test(css)
}

/** A CSS length in px on this viewport, never negative; `undefined` when it is none. */
export function evaluateLength(css: string, viewport: Size): number | undefined {
  const inPx = tokenize({ css }).map((token) =>
    isTokenDimension(token) ? `${toPx(token[4].value, token[4].unit.toLowerCase(), viewport)}px` : token[1],
  )
  const quantity = toQuantity(inPx.join(''))
  if (quantity === undefined) return undefined
  const isLength = quantity.unit === 'px' || (quantity.value === 0 && !css.includes('('))
  return isLength ? Math.max(0, quantity.value) : undefined
}

function toPx(value: number, unit: string, { width, height }: Size): number {
  const factor = absolute[unit]
  if (factor !== undefined) return value * factor
  const side = relative.exec(unit)?.[1]
  return (value * sideOf(side, width, height)) / 100
}

function sideOf(side: string | undefined, width: number, height: number): number {
  if (side === 'min') return Math.min(width, height)
  if (side === 'max') return Math.max(width, height)
  return side === 'h' || side === 'b' ? height : width
}
