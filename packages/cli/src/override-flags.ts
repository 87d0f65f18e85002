/** Flags that stand for the keys of an import's query; the query's own parser checks them. */
import { HeroError, isHeroError, parseQuery, type ResolvedOptions, resolveRequest } from '@hero-image/core'
import type { Input } from './command.ts'
import { overrideNames } from './override-table.ts'
import { commandLine } from './usage-error.ts'

/** The query that an import with these overrides would have, such as `?focus=.3,.6&hero=card`. */
export function toQuery(input: Input): string {
  const query = new URLSearchParams()
  for (const name of overrideNames) {
    const value = input.text(name)
    if (value !== undefined) query.set(name, value)
  }
  query.set('hero', input.text('preset') ?? 'hero')
  return `?${query}`
}

/**
 * Checks a query once, before any photo is touched.
 *
 * @throws HeroError HERO_INVALID_QUERY, HERO_UNKNOWN_PRESET, HERO_INVALID_SIZES, naming the command line
 */
export function checkQuery(options: ResolvedOptions, query: string): void {
  try {
    resolveRequest(options, parseQuery(query, commandLine), commandLine)
  } catch (error) {
    if (!isHeroError(error)) throw error
    // The parser speaks of imports, and here is none.
    const reason = error.reason.replace(/^The import says (\w+)=(.*)\.$/s, "The flag --$1 cannot be '$2'.")
    throw new HeroError(error.code, reason, { file: commandLine, hint: error.hint, cause: error })
  }
}
