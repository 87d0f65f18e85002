import { closest, distance } from 'fastest-levenshtein'

/** A sentence that names the nearest valid word, or lists all of them when none is near. */
export function suggest(word: string, valid: readonly string[]): string {
  return suggestNear(word, valid) ?? `Valid: ${valid.join(', ')}.`
}

/** A sentence that names the nearest valid word; `undefined` when none is near. */
export function suggestNear(word: string, valid: readonly string[]): string | undefined {
  const nearest = valid.length > 0 ? closest(word.toLowerCase(), valid) : undefined
  if (nearest === undefined) return undefined
  const isNear = distance(word.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, word.length / 3)
  return isNear ? `Did you mean '${nearest}'?` : undefined
}
