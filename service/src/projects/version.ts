/** ETag and If-Match: nobody overwrites a change that they have not seen. The header is asked for, since settings are replaced as a whole; `*` says that it does not matter. */
import { z } from '@hono/zod-openapi'
import { ProblemError } from '../http/problem.ts'

/** Header of routes that change a project. */
export const ifMatchHeader = z.object({
  'if-match': z.string().max(1000).optional().meta({
    description: 'Required. The ETag of the version that is to be changed, or `*` for whatever is there.',
  }),
})

/** Header of answers that are a project. */
export const etagHeader = z.object({
  etag: z.string().meta({ description: 'The version in quotes, for If-Match.', example: '"3"' }),
})

/** The ETag of a version. */
export function toEtag(version: number): string {
  return `"${version}"`
}

/**
 * Compares strongly, as RFC 9110 has it: a weak tag matches nothing.
 *
 * @throws ProblemError precondition-required, precondition-failed
 */
export function checkVersion(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined || ifMatch.trim() === '') throw new ProblemError('precondition-required')
  const tags = ifMatch.split(',').map((tag) => tag.trim())
  if (tags.includes('*') || tags.includes(toEtag(version))) return
  throw new ProblemError('precondition-failed', {
    detail: `The project is at version ${version} by now.`,
    headers: { ETag: toEtag(version) },
  })
}
