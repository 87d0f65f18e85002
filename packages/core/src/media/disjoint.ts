import { all, type Condition, isTrue, negate, worldsOf } from './logic.ts'
import { parseMedia } from './query.ts'

/** What `toDisjointMedia` answers for a crop that no screen can show. */
export const neverMatches = 'not all'

/**
 * For the media of a `<picture>` in order, where the first that matches wins and `undefined` always matches: a
 * condition for each that is true exactly when the browser picks it. `undefined` means always; `neverMatches` means
 * never, and the caller can drop that entry.
 *
 * Upper ends are written as `not (min-width: 1024px)`. `(max-width: 1023.98px)` leaves a gap for fractional widths, and
 * `(width < 1024px)` overlaps: Chromium lets `min-width` match 1/64 px early but compares `<` exactly. A negation
 * cannot disagree with what it negates. It needs Chromium 104, Firefox 102 or Safari 16.4; an older browser matches
 * nothing, so it merely preloads nothing.
 *
 * @throws HERO_INVALID_MEDIA
 */
export function toDisjointMedia(medias: readonly (string | undefined)[]): (string | undefined)[] {
  const conditions = medias.map((media) => (media === undefined ? all([]) : parseMedia(media)))
  return conditions.map((condition, index) => {
    const picked = all([condition, ...conditions.slice(0, index).map(negate)].flatMap(toTerms))
    return toMedia(simplify(picked))
  })
}

/** The terms of a conjunction; a negated `or` is one too. */
function toTerms(condition: Condition): readonly Condition[] {
  if (condition.kind === 'and') return condition.of.flatMap(toTerms)
  if (condition.kind === 'not' && condition.of.kind === 'or') return condition.of.of.map(negate).flatMap(toTerms)
  return [condition]
}

/** Drops what the other terms already say, and shortens `not (a and b)` to `not b` where a is certain. */
function simplify(condition: Condition): Condition {
  const worlds = worldsOf([condition])
  if (worlds === undefined) return condition
  if (!worlds.some((world) => isTrue(condition, world))) return { kind: 'constant', value: false }
  const follows = (premise: Condition, conclusion: Condition) =>
    worlds.every((world) => !isTrue(premise, world) || isTrue(conclusion, world))

  let terms = [...toTerms(condition)]
  // Negations first: they are the additions, and the user's own words should stay.
  for (const term of [...terms].sort((a, b) => Number(b.kind === 'not') - Number(a.kind === 'not'))) {
    const others = terms.filter((other) => other !== term)
    if (follows(all(others), term)) {
      terms = others
    } else if (term.kind === 'not' && term.of.kind === 'and') {
      const open = term.of.of.filter((part) => !follows(all(others), part))
      terms = terms.map((other) => (other === term ? negate(all(open)) : other))
    }
  }
  return all(terms)
}

function toMedia(condition: Condition): string | undefined {
  return condition.kind === 'constant' && condition.value ? undefined : toText(condition)
}

function toText(condition: Condition): string {
  switch (condition.kind) {
    case 'constant':
      // Only ever the whole condition: `all`, `any` and `negate` leave no constant inside.
      return condition.value ? 'all' : neverMatches
    case 'width':
    case 'feature':
      return condition.text
    case 'not':
      return `not ${inParentheses(condition.of)}`
    default:
      return condition.of.map(inParentheses).join(` ${condition.kind} `)
  }
}

/** CSS forbids `not`, `and` and `or` side by side, so each nested condition gets its own parentheses. */
function inParentheses(condition: Condition): string {
  return condition.kind === 'width' || condition.kind === 'feature' ? condition.text : `(${toText(condition)})`
}
