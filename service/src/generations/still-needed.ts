/** Which holds the ledger must not give back yet. */
import type { Db } from '../database/open.ts'
import { unfinished } from './rows.ts'

/** Jobs that nobody took are forgotten by the queue after 14 days; a generation that is still not done then never will be. */
const longestMs = 15 * 86_400_000

/** Those of the holds whose generation is under way. */
export async function stillNeededHolds(db: Db, holdIds: readonly string[], at: Date): Promise<ReadonlySet<string>> {
  if (holdIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('generation')
    .select('hold_id')
    .where('hold_id', 'in', holdIds)
    .where('state', 'in', unfinished)
    .where('created_at', '>', new Date(at.getTime() - longestMs))
    .execute()
  return new Set(rows.flatMap(({ hold_id }) => (hold_id === null ? [] : [hold_id])))
}
