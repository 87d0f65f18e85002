/** What the framework itself refuses, in our words: bodies that are no JSON, and bodies of another type. */
import type { HTTPException } from 'hono/http-exception'
import { ProblemError } from './problem.ts'

/** The problem. */
export function toKnownProblem(error: HTTPException): ProblemError {
  // Forms are taken in one way, and a form that cannot be read came in the other.
  if (error.status === 400 && error.message.startsWith('Malformed FormData'))
    return new ProblemError('unsupported-media-type')
  if (error.status === 400) return new ProblemError('invalid-json')
  if (error.status === 413) return new ProblemError('payload-too-large')
  if (error.status === 415) return new ProblemError('unsupported-media-type')
  return new ProblemError('internal', { cause: error })
}
