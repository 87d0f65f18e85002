// Conditions on a viewport, their truth, and the worlds in which their truth has to be compared.
import { emInPx } from './length.ts'

export type Comparison = '<' | '<=' | '=' | '>=' | '>'

/**
 * One limit on the width. `em` stands for em and rem: both are the browser's own font size here, which the user may
 * change.
 */
export interface Bound {
  readonly comparison: Comparison
  readonly value: number
  readonly unit: 'px' | 'em'
}

/** A media condition without its spelling. `text` is the feature in parentheses, as written. */
export type Condition =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'width'; readonly text: string; readonly bounds: readonly Bound[] }
  | { readonly kind: 'feature'; readonly text: string }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }

/** Everything that decides a condition: the width in both units, and the features that are true. */
export interface World {
  readonly px: number
  readonly em: number
  readonly features: ReadonlySet<string>
}

export function all(parts: readonly Condition[]): Condition {
  return combine('and', parts, true)
}

export function any(parts: readonly Condition[]): Condition {
  return combine('or', parts, false)
}

export function negate(condition: Condition): Condition {
  if (condition.kind === 'constant') return { kind: 'constant', value: !condition.value }
  return condition.kind === 'not' ? condition.of : { kind: 'not', of: condition }
}

function combine(kind: 'and' | 'or', parts: readonly Condition[], neutral: boolean): Condition {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.of : [part]))
  if (flat.some((part) => part.kind === 'constant' && part.value !== neutral))
    return { kind: 'constant', value: !neutral }
  const rest = flat.filter((part) => part.kind !== 'constant')
  const [first] = rest
  if (first === undefined) return { kind: 'constant', value: neutral }
  return rest.length === 1 ? first : { kind, of: rest }
}

export function isTrue(condition: Condition, world: World): boolean {
  switch (condition.kind) {
    case 'constant':
      return condition.value
    case 'width':
      return condition.bounds.every((bound) => compare(world[bound.unit], bound.comparison, bound.value))
    case 'feature':
      return world.features.has(condition.text)
    case 'not':
      return !isTrue(condition.of, world)
    case 'and':
      return condition.of.every((part) => isTrue(part, world))
    case 'or':
      return condition.of.some((part) => isTrue(part, world))
  }
}

function compare(left: number, comparison: Comparison, right: number): boolean {
  if (comparison === '<') return left < right
  if (comparison === '<=') return left <= right
  if (comparison === '>') return left > right
  return comparison === '>=' ? left >= right : left === right
}

/**
 * Beyond this number of worlds nothing is simplified: answers get longer, not wrong. Twelve independent features fill
 * it.
 */
const maxWorlds = 4096

/**
 * One world for every way in which the conditions can differ; `undefined` when there are too many.
 *
 * px and em are independent: 40em is 640px only until the user enlarges the font.
 */
export function worldsOf(conditions: readonly Condition[]): readonly World[] | undefined {
  const bounds = conditions.flatMap(boundsOf)
  const px = samplesOf(bounds.filter((bound) => bound.unit === 'px').map((bound) => bound.value))
  const em = samplesOf(bounds.filter((bound) => bound.unit === 'em').map((bound) => bound.value))
  const features = featureSets(conditions)
  if (features === undefined || px.length * em.length * features.length > maxWorlds) return undefined
  return px.flatMap((x) => em.flatMap((e) => features.map((set) => ({ px: x, em: e, features: set }))))
}

/** Every combination of true and false features; `undefined` when there are too many. */
export function featureSets(conditions: readonly Condition[]): readonly ReadonlySet<string>[] | undefined {
  const names = [...new Set(conditions.flatMap(featuresOf))]
  if (2 ** names.length > maxWorlds) return undefined
  return Array.from(
    { length: 2 ** names.length },
    (_, bits) => new Set(names.filter((_, index) => (bits >> index) & 1)),
  )
}

/** Widths in px at which the truth of a condition may change, with 1em = 16px, ascending. */
export function breakpointsOf(conditions: readonly Condition[]): readonly number[] {
  const values = conditions.flatMap(boundsOf).map(({ value, unit }) => (unit === 'em' ? value * emInPx : value))
  return [...new Set(values.filter((value) => value > 0))].sort((a, b) => a - b)
}

/** Zero, every value, a point between neighbours and one beyond the last. */
function samplesOf(values: readonly number[]): readonly number[] {
  const stops = [...new Set([0, ...values.filter((value) => value > 0)])].sort((a, b) => a - b)
  if (stops.length === 1) return values.length === 0 ? [0] : [0, 1]
  return stops.flatMap((stop, index) => [stop, (stop + (stops[index + 1] ?? stop + 2)) / 2])
}

function boundsOf(condition: Condition): readonly Bound[] {
  if (condition.kind === 'width') return condition.bounds
  return partsOf(condition).flatMap(boundsOf)
}

function featuresOf(condition: Condition): readonly string[] {
  if (condition.kind === 'feature') return [condition.text]
  return partsOf(condition).flatMap(featuresOf)
}

function partsOf(condition: Condition): readonly Condition[] {
  if (condition.kind === 'not') return [condition.of]
  return condition.kind === 'and' || condition.kind === 'or' ? condition.of : []
}
