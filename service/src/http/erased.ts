/** Whoever is erased while a request of theirs is under way is nobody at its end: the database refuses rows that would belong to them. */
import type { Context } from 'hono'
import type { ServiceEnv } from './env.ts'
import { ProblemError } from './problem.ts'

/** PostgreSQL's code for a row that refers to one that is not there. */
const foreignKeyViolation = '23503'

/** The problem of a request whose person is gone by now; `undefined` for every other fault. */
export async function toErasedProblem(c: Context<ServiceEnv>, error: unknown): Promise<ProblemError | undefined> {
  const principal = c.get('principal')
  if (principal === undefined || !isForeignKeyViolation(error)) return undefined
  // Asked, not guessed: with the person still there it is a mistake of ours.
  const person = await c
    .get('service')
    .db.selectFrom('user')
    .select('id')
    .where('id', '=', principal.userId)
    .executeTakeFirst()
  return person === undefined ? new ProblemError('unauthenticated') : undefined
}

function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === foreignKeyViolation
}
