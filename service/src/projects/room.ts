/** How many projects an account may have, and make in a day: each is small, and without an end they fill a database all the same. Deleted ones stay for some days, so making counts, too. */
import type { Db } from '../database/open.ts'
import { ProblemError } from '../http/problem.ts'
import { type Limit, type LimitParts, requireRoom } from '../limits/bucket.ts'

const mostProjects = 2000

const perDay: Limit = { kind: 'project', limit: 1000, windowMs: 86_400_000 }

/**
 * Makes sure that a project still fits.
 *
 * @param trx the transaction in which it is made
 * @throws ProblemError limit-reached, too-many-requests
 */
export async function requireProjectRoom(parts: LimitParts, trx: Db, userId: string): Promise<void> {
  // The count of the day is one row of the account: two at once wait for each other here, and the second counts the first.
  await requireRoom(parts, trx, perDay, userId)
  const { kept } = await trx
    .selectFrom('project')
    .select(({ fn }) => fn.countAll<number>().as('kept'))
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (kept < mostProjects) return
  throw new ProblemError('limit-reached', { detail: `An account may have ${mostProjects} projects.` })
}
