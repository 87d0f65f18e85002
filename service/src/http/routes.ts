/** A set of routes whose inputs are checked: what does not fit its schema is a problem with pointers. */
import type { FieldError } from '@hero-image/client/contract'
import { OpenAPIHono, type z } from '@hono/zod-openapi'
import type { ServiceEnv } from './env.ts'
import { ProblemError } from './problem.ts'

/** Where a checked part of a request stands, for pointers. */
const prefixes: Readonly<Record<string, string>> = {
  json: '/',
  form: '/',
  query: '?',
  header: 'header:',
  param: 'path:',
  cookie: 'cookie:',
}

/** Creates an empty set of routes. */
export function createRoutes(): OpenAPIHono<ServiceEnv> {
  return new OpenAPIHono<ServiceEnv>({
    defaultHook: (result) => {
      if (result.success) return
      throw new ProblemError('invalid-fields', {
        errors: toFieldErrors(prefixes[result.target] ?? '/', result.error.issues),
      })
    },
  })
}

/** What a schema finds, by the fields at fault; an unknown field is named itself. */
export function toFieldErrors(prefix: string, issues: readonly z.core.$ZodIssue[]): FieldError[] {
  return issues.flatMap(({ path, message, ...issue }) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : []
    const places = keys.length > 0 ? keys.map((key) => [...path, key]) : [path]
    return places.map((place) => ({ pointer: prefix + place.map(escapePointer).join('/'), detail: message }))
  })
}

/** A name inside a JSON pointer (RFC 6901). */
export function escapePointer(part: PropertyKey): string {
  return String(part).replaceAll('~', '~0').replaceAll('/', '~1')
}
