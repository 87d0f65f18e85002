import { closest, distance } from 'fastest-levenshtein'

/** A sentence that names the nearest valid word, or lists all of them when none is near. */
export function suggest(word: string, valid: readonly string[]): string {
  const nearest = valid.length > 0 ? closest(word.toLowerCase(), valid) : undefined
  if (nearest !== undefined && distance(word.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, word.length / 3)) {
    return `Did you mean '${nearest}'?`
  }
  return `Valid: ${valid.join(', ')}.`
}
