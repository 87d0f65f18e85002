import { calc } from '@csstools/css-calc'
import { isTokenDimension, isTokenEOF, isTokenNumber, tokenize } from '@csstools/css-tokenizer'

/** A number with its CSS unit in lower case; a plain number has the unit ''. */
export interface Quantity {
  readonly value: number
  readonly unit: string
}

/**
 * What browsers assume without a user's setting, and what every answer about widths assumes here: 1em = 1rem = 16px.
 */
export const emInPx = 16

/** A number, or one with a unit that stays as it is when lengths are solved; all else is left to the solver, which takes 2 ms to warm up. */
const plain = /^([+-]?(?:\d*\.)?\d+)(px|em|rem|vw|vh)?$/i

/**
 * The single quantity that a CSS value comes to: `1in` is 96px, `calc(2 * 20rem)` is 40rem.
 *
 * `undefined` when it does not come to one quantity, such as `calc(1px + 1em)`, or is no value at all.
 */
export function toQuantity(css: string): Quantity | undefined {
  const [, value, unit = ''] = plain.exec(css.trim()) ?? []
  if (value !== undefined) return toFinite(Number(value), unit.toLowerCase())
  const solved = calc(`calc(${css})`, { toCanonicalUnits: true })
  const tokens = tokenize({ css: solved }).filter((token) => !isTokenEOF(token))
  const [token] = tokens
  if (token === undefined || tokens.length !== 1) return undefined
  if (isTokenDimension(token)) return toFinite(token[4].value, token[4].unit.toLowerCase())
  return isTokenNumber(token) ? toFinite(token[4].value, '') : undefined
}

function toFinite(value: number, unit: string): Quantity | undefined {
  return Number.isFinite(value) ? { value, unit } : undefined
}
