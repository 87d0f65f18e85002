// Which media features exist and which values they take. A browser lets a query that it does not understand fail
// silently, even inside `not`.
import { closest, distance } from 'fastest-levenshtein'
import { toQuantity } from './length.ts'

type Kind = 'length' | 'ratio' | 'resolution' | 'number'

/** Features with an order: they take `min-`, `max-`, `<` and `>=`. Media Queries 4 and 5. */
const ranges: Readonly<Record<string, Kind>> = {
  width: 'length',
  height: 'length',
  'device-width': 'length',
  'device-height': 'length',
  'aspect-ratio': 'ratio',
  'device-aspect-ratio': 'ratio',
  resolution: 'resolution',
  color: 'number',
  'color-index': 'number',
  monochrome: 'number',
  'horizontal-viewport-segments': 'number',
  'vertical-viewport-segments': 'number',
  '-webkit-device-pixel-ratio': 'number',
}

/** Features with a fixed set of values. */
const keywords: Readonly<Record<string, readonly string[]>> = {
  orientation: ['portrait', 'landscape'],
  'prefers-color-scheme': ['light', 'dark'],
  'prefers-contrast': ['no-preference', 'more', 'less', 'custom'],
  'prefers-reduced-data': ['no-preference', 'reduce'],
  'prefers-reduced-motion': ['no-preference', 'reduce'],
  'prefers-reduced-transparency': ['no-preference', 'reduce'],
  'forced-colors': ['none', 'active'],
  'inverted-colors': ['none', 'inverted'],
  'color-gamut': ['srgb', 'p3', 'rec2020'],
  'dynamic-range': ['standard', 'high'],
  'video-dynamic-range': ['standard', 'high'],
  hover: ['none', 'hover'],
  'any-hover': ['none', 'hover'],
  pointer: ['none', 'coarse', 'fine'],
  'any-pointer': ['none', 'coarse', 'fine'],
  update: ['none', 'slow', 'fast'],
  scripting: ['none', 'initial-only', 'enabled'],
  scan: ['interlace', 'progressive'],
  grid: ['0', '1'],
  'overflow-block': ['none', 'scroll', 'paged'],
  'overflow-inline': ['none', 'scroll'],
  'display-mode': [
    'browser',
    'fullscreen',
    'minimal-ui',
    'picture-in-picture',
    'standalone',
    'window-controls-overlay',
  ],
}

const lengthUnits = /^(px|cm|mm|q|in|pc|pt|r?em|r?ex|r?ch|r?ic|r?cap|r?lh|[sld]?v(w|h|i|b|min|max))$/
const resolutionUnits = /^(dppx|x|dpi|dpcm)$/

/**
 * What is wrong with one media feature, in words; `undefined` when nothing is.
 *
 * `values` is empty for the boolean form `(hover)`; `ordered` is true for the forms with `<`, `=` or `>`.
 */
export function complaintAboutFeature(name: string, values: readonly string[], ordered: boolean): string | undefined {
  const word = name.toLowerCase()
  const bare = word.replace(/^(-webkit-)?(min|max)-/, '$1')
  const kind = ranges[bare]
  if (kind !== undefined) {
    if (word !== bare && (ordered || values.length === 0)) return `'${name}' needs one value after a colon`
    const wrong = values.find((value) => !isOfKind(value, kind))
    return wrong === undefined
      ? undefined
      : `'${wrong}' is no ${kind} for '${name}'${kind === 'length' ? '; write it with a unit, such as 640px' : ''}`
  }
  const allowed = keywords[word]
  if (allowed === undefined) return `browsers know no media feature '${name}'${nearest(word)}`
  if (ordered) return `'${name}' has no order; write it with a colon`
  const wrong = values.find((value) => !allowed.includes(value.toLowerCase()))
  return wrong === undefined ? undefined : `'${name}' takes ${allowed.join(', ')}, not '${wrong}'`
}

function isOfKind(css: string, kind: Kind): boolean {
  if (kind === 'ratio')
    return css.split('/').length <= 2 && css.split('/').every((part) => toQuantity(part)?.unit === '')
  const quantity = toQuantity(css)
  // Sums of several units stay unsolved; a browser can solve them.
  if (quantity === undefined) return kind !== 'number' && /^[\w-]+\(.*\)$/s.test(css) && isSumOf(css, kind)
  if (kind === 'number') return quantity.unit === ''
  if (kind === 'resolution') return resolutionUnits.test(quantity.unit)
  return lengthUnits.test(quantity.unit) || (quantity.value === 0 && quantity.unit === '' && !css.includes('('))
}

function isSumOf(css: string, kind: Kind): boolean {
  const units = [...css.matchAll(/\d([a-z]+)/gi)].map((match) => (match[1] ?? '').toLowerCase())
  return units.length > 0 && units.every((unit) => (kind === 'length' ? lengthUnits : resolutionUnits).test(unit))
}

function nearest(word: string): string {
  const names = [...Object.keys(ranges), ...Object.keys(keywords), 'min-width', 'max-width', 'min-height', 'max-height']
  const name = closest(word, names)
  return distance(word, name) <= 3 ? ` (did you mean '${name}'?)` : ''
}
