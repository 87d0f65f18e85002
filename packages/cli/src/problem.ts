/** An error as plain data: what `--json` prints and what messages are made from. */
import type { HeroError } from '@hero-image/core'
import { toShownPath } from './shown-path.ts'
import { UsageError } from './usage-error.ts'

/** One error. */
export interface Problem {
  /** Code of a HeroError, `USAGE`, or `UNEXPECTED` for a defect of the program. */
  readonly code: string
  readonly file?: string
  /** What happened. */
  readonly reason: string
  /** What to do. */
  readonly hint?: string
}

/** Whatever was thrown, as plain data. */
export function toProblem(error: unknown): Problem {
  if (error instanceof UsageError) return { code: 'USAGE', reason: error.message, hint: error.hint }
  if (isHero(error)) {
    const { code, file, reason, hint } = error
    return { code, reason, hint, ...(file === undefined ? {} : { file: toShownPath(file) }) }
  }
  return {
    code: 'UNEXPECTED',
    reason: error instanceof Error ? error.message : String(error),
    hint: 'Please report this; it is a defect of hero-image.',
  }
}

/** True for errors raised on purpose: their stack helps nobody. */
export function isHeroLike(error: unknown): boolean {
  return error instanceof UsageError || isHero(error)
}

// Asked by name: the engine, which has this check, must not be loaded for a message.
function isHero(error: unknown): error is HeroError {
  return error instanceof Error && error.name === 'HeroError' && 'code' in error && 'reason' in error
}
