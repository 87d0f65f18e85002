// The CSS of `sizes`, read once and answered about without a browser.
import { mathFunctionNames } from '@csstools/css-calc'
import {
  type ComponentValue,
  isFunctionNode,
  isTokenNode,
  isWhiteSpaceOrCommentNode,
  parseCommaSeparatedListOfComponentValues,
} from '@csstools/css-parser-algorithms'
import { isTokenDimension, isTokenNumber, isTokenPercentage, type ParseError, tokenize } from '@csstools/css-tokenizer'
import { HeroError, isHeroError } from '../errors.ts'
import { emInPx } from './length.ts'
import { all, breakpointsOf, type Condition, featureSets, isTrue } from './logic.ts'
import { parseMedia } from './query.ts'
import { evaluateLength, isLengthUnit, usesHeight } from './slot-length.ts'
import type { PxRange } from './viewport.ts'

/** One entry of `sizes`: while the condition is true, the slot is as wide as the CSS length. */
export interface SlotRule {
  readonly condition: Condition
  readonly length: string
}

/** A read `sizes`, in order; the last rule always applies. */
export type Sizes = readonly SlotRule[]

/**
 * Reads a `sizes` attribute. A leading `auto` is ignored, since it is the browser's business; `auto` alone falls back
 * to `100vw`.
 *
 * @throws HERO_INVALID_SIZES with the user's words
 */
export function parseSizes(text: string): Sizes {
  const complain = (what: string): never => {
    throw new HeroError('HERO_INVALID_SIZES', `sizes is '${text}': ${what}.`)
  }
  const errors: ParseError[] = []
  const onParseError = (error: ParseError) => errors.push(error)
  const entries = parseCommaSeparatedListOfComponentValues(tokenize({ css: text }, { onParseError }), { onParseError })
  if (errors.length > 0) return complain('a bracket, a quote or a comment is not closed')
  const [first = '', ...rest] = entries.map((entry) => textOf(entry))
  const isAuto = first.toLowerCase() === 'auto'
  if (isAuto && rest.length === 0) return [{ condition: all([]), length: '100vw' }]
  return (isAuto ? entries.slice(1) : entries).map((entry, index, list) =>
    toRule(entry, index === list.length - 1, complain),
  )
}

type Complain = (what: string) => never

function toRule(entry: readonly ComponentValue[], last: boolean, complain: Complain): SlotRule {
  const parts = entry.filter((part) => !isWhiteSpaceOrCommentNode(part))
  const value = parts.at(-1)
  if (value === undefined) return complain('a part between commas is empty')
  const length = toLength(value, complain)
  const condition = textOf(entry.slice(0, entry.lastIndexOf(value)))
  if (last && condition !== '')
    return complain(`after '${textOf(entry)}' a final length without a condition is missing`)
  if (!last && condition === '') return complain(`'${length}' has no condition, so whatever follows it is never used`)
  return { condition: last ? all([]) : toCondition(condition, complain), length }
}

function toCondition(text: string, complain: Complain): Condition {
  if (/^(only|not)?\s*(all|screen|print)\b/i.test(text))
    return complain(`'${text}' names a media type; sizes takes conditions only`)
  try {
    return parseMedia(text)
  } catch (error) {
    if (isHeroError(error)) return complain(error.reason.replace(/^media is /, '').replace(/\.$/, ''))
    throw error
  }
}

function toLength(value: ComponentValue, complain: Complain): string {
  const text = value.toString()
  const tokens = value.tokens()
  if (tokens.some(isTokenPercentage)) return complain(`'${text}' is a percentage, which sizes does not allow; use vw`)
  if (isTokenNode(value) && isTokenNumber(value.value) && value.value[4].value !== 0)
    return complain(`'${text}' lacks a unit, such as px or vw`)
  if (isTokenNode(value) && isTokenDimension(value.value) && value.value[4].value < 0)
    return complain(`'${text}' is negative`)
  const unknown = tokens.filter(isTokenDimension).find((token) => !isLengthUnit(token[4].unit))
  if (unknown !== undefined) return complain(`'${unknown[1]}' has a unit that sizes does not know`)
  const isMath = isFunctionNode(value) && mathFunctionNames.has(value.getName().toLowerCase())
  if (!isMath && !isTokenNode(value)) return complain(`'${text}' is no length`)
  if (evaluateLength(text, { width: 1000, height: 800 }) === undefined) return complain(`'${text}' is no length`)
  return text
}

function textOf(parts: readonly ComponentValue[]): string {
  return parts
    .map((part) => part.toString())
    .join('')
    .trim()
}

/** Distance of the viewports tried between breakpoints, px: catches the kinks of min(), max() and clamp(). */
const stride = 32

/**
 * The smallest and the largest slot, in CSS px and at least 1, over a range of viewport widths.
 *
 * Media features other than the width may be true or false, 1em = 16px, and lengths that ask for the viewport's height
 * get every height from a 16:9 window to a 9:20 phone of up to 1200 px.
 *
 * @throws HERO_INVALID_SIZES
 */
export function slotWidths(text: string, viewports: PxRange): PxRange {
  const sizes = parseSizes(text)
  const sets = featureSets(sizes.map((rule) => rule.condition)) ?? [new Set<string>()]
  const slots = viewportsToTry(sizes, viewports).flatMap((width) => {
    const rules = sets.map((features) =>
      sizes.find((rule) => isTrue(rule.condition, { px: width, em: width / emInPx, features })),
    )
    const lengths = new Set(rules.map((rule) => rule?.length ?? '100vw'))
    return [...lengths].flatMap((length) =>
      heightsToTry(length, width).map((height) => Math.max(1, evaluateLength(length, { width, height }) ?? width)),
    )
  })
  return { min: Math.min(...slots), max: Math.max(...slots) }
}

function viewportsToTry(sizes: Sizes, { min, max }: PxRange): readonly number[] {
  const breakpoints = breakpointsOf(sizes.map((rule) => rule.condition)).flatMap((stop) => [
    stop - 0.01,
    stop,
    stop + 0.01,
  ])
  const between = Array.from({ length: Math.ceil((max - min) / stride) }, (_, index) => min + index * stride)
  return [min, max, ...between, ...breakpoints.filter((width) => width > min && width < max)]
}

function heightsToTry(length: string, width: number): readonly number[] {
  const landscape = (width * 9) / 16
  return usesHeight(length) ? [landscape, Math.max(landscape, Math.min(1200, (width * 20) / 9))] : [landscape]
}
