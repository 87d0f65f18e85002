/** Gives back holds that expired and that nothing needs any more. */
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import { expireHold } from './close-hold.ts'

/**
 * Tells which of these holds must stay, because what they pay for is still being done. The ledger does not know what that is. A hold whose work ends between this
 * answer and its release is closed once all the same: the second close has the result of the first.
 */
export type IsStillNeeded = (holdIds: readonly string[]) => Promise<ReadonlySet<string>>

/** What a sweep did. */
export interface Sweep {
  readonly expired: number
  readonly stillNeeded: number
}

const batchSize = 100

/** Sweeps all holds that have expired by `at`. */
export async function sweepHolds(db: Db, isStillNeeded: IsStillNeeded, at: Date): Promise<Sweep> {
  let expired = 0
  let stillNeeded = 0
  let last: { readonly id: string; readonly expires_at: Date } | undefined
  do {
    let query = db
      .selectFrom('hold')
      .select(['id', 'expires_at'])
      .where('state', '=', 'held')
      .where('expires_at', '<=', at)
      .orderBy('expires_at')
      .orderBy('id')
      .limit(batchSize)
    // Those that stay must not be in the way of those behind them.
    if (last !== undefined) {
      query = query.where(sql<boolean>`(expires_at, id) > (${last.expires_at}::timestamptz, ${last.id}::uuid)`)
    }
    const holds = await query.execute()
    const needed = holds.length === 0 ? new Set() : await isStillNeeded(holds.map(({ id }) => id))
    for (const { id } of holds) {
      if (needed.has(id)) stillNeeded += 1
      else {
        await expireHold(db, { holdId: id, at })
        expired += 1
      }
    }
    last = holds.at(-1)
  } while (last !== undefined)
  return { expired, stillNeeded }
}
