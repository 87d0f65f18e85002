/** How much an account may keep. */
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import { ProblemError } from '../http/problem.ts'

/**
 * Makes sure that a file still fits. Deleted files lie in storage for some days more: as much again is allowed for them, so that whoever makes room has it at once, and
 * whoever deletes and uploads all day comes to an end.
 *
 * @throws ProblemError limit-reached
 */
export async function requireRoom(db: Db, userId: string, bytes: number, megabytes: number): Promise<void> {
  const { kept, stored } = await db
    .selectFrom('file')
    .select(sql<number>`coalesce(sum(bytes) filter (where deleted_at is null), 0)::bigint`.as('kept'))
    .select(sql<number>`coalesce(sum(bytes), 0)::bigint`.as('stored'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  const limit = megabytes * 1_000_000
  if (kept + bytes <= limit && stored + bytes <= 2 * limit) return
  throw new ProblemError('limit-reached', {
    detail:
      kept + bytes <= limit
        ? 'Deleted files lie in storage for seven days; too much has been deleted of late.'
        : `An account may keep ${megabytes} MB of files.`,
  })
}

/** Until the transaction ends, nobody else adds a file to the account in this way: two that fit alone may not fit together. */
export async function lockFilesOf(trx: Db, userId: string): Promise<void> {
  await trx.selectFrom('user').select('id').where('id', '=', userId).forNoKeyUpdate().execute()
}
