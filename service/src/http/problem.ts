/** Errors that are answers: thrown anywhere, they become problem+json. */
import { type FieldError, type Problem, type ProblemCode, problems } from '@hero-image/client/contract'

/** What a problem can say beyond its code. */
export interface ProblemDetails {
  /** What happened in this case, for people. */
  readonly detail?: string
  readonly errors?: readonly FieldError[]
  readonly headers?: Readonly<Record<string, string>>
  readonly balance?: number
  readonly required?: number
  readonly cause?: unknown
}

/** Stops a request with a problem as its answer. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  readonly details: ProblemDetails

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? problems[code].title, details.cause === undefined ? {} : { cause: details.cause })
    this.code = code
    this.details = details
  }
}

/** The object is not there, or is somebody else's: nobody can tell which. */
export function notFound(): ProblemError {
  return new ProblemError('not-found')
}

/** One field at fault. */
export function invalidField(pointer: string, detail: string): ProblemError {
  return new ProblemError('invalid-fields', { errors: [{ pointer, detail }] })
}

/** A problem as the body of an answer. */
export function toProblem({ code, details }: ProblemError, requestId: string): Problem {
  const { status, title } = problems[code]
  const { detail, errors, balance, required } = details
  return {
    type: `urn:hero-image:problem:${code}`,
    code,
    title,
    status,
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors: [...errors] }),
    ...(balance === undefined ? {} : { balance }),
    ...(required === undefined ? {} : { required }),
    request_id: requestId,
  }
}
