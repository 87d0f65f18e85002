import { isTokenIdent, type ParseError } from '@csstools/css-tokenizer'
import {
  isMediaCondition,
  isMediaConditionListWithAnd,
  isMediaFeature,
  isMediaFeatureBoolean,
  isMediaFeaturePlain,
  isMediaFeatureRangeNameValue,
  isMediaFeatureRangeValueName,
  isMediaFeatureRangeValueNameValue,
  isMediaInParens,
  isMediaNot,
  isMediaQueryInvalid,
  isMediaQueryWithType,
  type MediaCondition,
  type MediaFeature,
  type MediaInParens,
  type MediaQuery,
  parse,
} from '@csstools/media-query-list-parser'
import { HeroError } from '../errors.ts'
import { complaintAboutFeature } from './features.ts'
import { toQuantity } from './length.ts'
import { all, any, type Bound, type Comparison, type Condition, negate } from './logic.ts'

/**
 * A hand-written media query list as a condition on screens: `screen` and `all` are true, a comma is `or`.
 *
 * @param where how the user knows the place, such as `presets.hero.crops.wide.media`
 * @throws HERO_INVALID_MEDIA when a browser would not understand it, or when it names another media type
 */
export function parseMedia(media: string, where = 'media'): Condition {
  const complain = (what: string): never => {
    throw new HeroError('HERO_INVALID_MEDIA', `${where} is '${media}': ${what}.`)
  }
  if (media.trim() === '') return complain('it is empty; leave it out for the default crop')
  const errors: ParseError[] = []
  const queries = parse(media, { preserveInvalidMediaQueries: true, onParseError: (error) => errors.push(error) })
  if (errors.length > 0) return complain('a bracket, a quote or a comment is not closed')
  return any(queries.map((query) => fromQuery(query, complain)))
}

type Complain = (what: string) => never

function fromQuery(query: MediaQuery, complain: Complain): Condition {
  if (isMediaQueryInvalid(query)) return complain(`'${query.toString().trim()}' is no media query`)
  if (!isMediaQueryWithType(query)) return fromCondition(query.media, complain)
  const type = query.getMediaType().toLowerCase()
  if (type === '') return complain('a part between commas is empty')
  if (type !== 'all' && type !== 'screen')
    return complain(`only the media types screen and all make sense here, not '${type}'`)
  const condition = query.media === undefined ? all([]) : fromCondition(query.media, complain)
  const inverted = query.modifier.some((token) => isTokenIdent(token) && token[4].value.toLowerCase() === 'not')
  return inverted ? negate(condition) : condition
}

function fromCondition({ media }: MediaCondition, complain: Complain): Condition {
  if (isMediaInParens(media)) return fromParens(media, complain)
  if (isMediaNot(media)) return negate(fromParens(media.media, complain))
  const parts = [media.leading, ...media.list.map((item) => item.media)].map((part) => fromParens(part, complain))
  return isMediaConditionListWithAnd(media) ? all(parts) : any(parts)
}

function fromParens(parens: MediaInParens, complain: Complain): Condition {
  if (isMediaCondition(parens.media)) return fromCondition(parens.media, complain)
  if (isMediaFeature(parens.media)) return fromFeature(parens.media, complain)
  return complain(`'${parens.toString().trim()}' is no media feature`)
}

function fromFeature(media: MediaFeature, complain: Complain): Condition {
  const { feature } = media
  const name = feature.getName().toLowerCase()
  const text = tidy(media.toString())
  const comparisons = comparisonsOf(media)
  const values = comparisons.map(([, value]) => value)
  const ordered = !isMediaFeaturePlain(feature) && !isMediaFeatureBoolean(feature)
  const complaint = complaintAboutFeature(name, values, ordered)
  if (complaint !== undefined) return complain(complaint)
  if (!/^(min-|max-)?width$/.test(name) || comparisons.length === 0) return { kind: 'feature', text }
  const bounds = comparisons.map(toBound)
  return bounds.every((bound) => bound !== undefined) ? { kind: 'width', text, bounds } : { kind: 'feature', text }
}

/** Comparisons as if the feature's name stood on the left: `40rem <= width` gives `>=`, `40rem`. */
function comparisonsOf({ feature }: MediaFeature): [Comparison, string][] {
  if (isMediaFeatureBoolean(feature)) return []
  if (isMediaFeaturePlain(feature)) {
    const name = feature.getName().toLowerCase()
    return [[name.includes('min-') ? '>=' : name.includes('max-') ? '<=' : '=', tidy(feature.value.toString())]]
  }
  if (isMediaFeatureRangeNameValue(feature)) {
    return [[toComparison(feature.operatorKind()), tidy(feature.value.toString())]]
  }
  if (isMediaFeatureRangeValueName(feature)) {
    return [[mirrored[toComparison(feature.operatorKind())], tidy(feature.value.toString())]]
  }
  if (isMediaFeatureRangeValueNameValue(feature)) {
    return [
      [mirrored[toComparison(feature.valueOneOperatorKind())], tidy(feature.valueOne.toString())],
      [toComparison(feature.valueTwoOperatorKind()), tidy(feature.valueTwo.toString())],
    ]
  }
  return []
}

const mirrored: Readonly<Record<Comparison, Comparison>> = { '<': '>', '<=': '>=', '=': '=', '>=': '<=', '>': '<' }

function toComparison(operator: string | false): Comparison {
  return operator === '<' || operator === '<=' || operator === '>' || operator === '>=' ? operator : '='
}

function toBound([comparison, css]: [Comparison, string]): Bound | undefined {
  const quantity = toQuantity(css)
  if (quantity === undefined) return undefined
  const { value, unit } = quantity
  if (unit === 'px' || (unit === '' && value === 0)) return { comparison, value, unit: 'px' }
  return unit === 'em' || unit === 'rem' ? { comparison, value, unit: 'em' } : undefined
}

function tidy(css: string): string {
  return css
    .replace(/\/\*.*?\*\//gs, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^\( /, '(')
    .replace(/ \)$/, ')')
    .replace(/^(\(\S+) :/, '$1:')
    .trim()
}
