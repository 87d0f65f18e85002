/** Removes objects that no row names any more. Done twice it is the same, and what fails is tried again by the next run. */
import type { JobHandlers } from '../queue/queue.ts'
import type { Service } from '../service.ts'

/** What a run has done. */
export interface Removal {
  readonly removed: number
  readonly failed: number
}

const batch = 200
const atOnce = 8
/** An object that storage does not let go of is left in peace for this long, ms. */
const tryAgainAfter = 10 * 60_000

/**
 * Removes everything that is due.
 *
 * @param signal ends the run early
 */
export async function removeStored(
  service: Pick<Service, 'db' | 'storage' | 'clock' | 'log'>,
  signal?: AbortSignal,
): Promise<Removal> {
  let removed = 0
  let failed = 0
  for (;;) {
    const due = await service.db
      .selectFrom('storage_removal')
      .select('storage_key')
      .where('due_at', '<=', service.clock.now())
      .orderBy('due_at')
      .limit(batch)
      .execute()
    if (due.length === 0 || signal?.aborted === true) return { removed, failed }
    const keys = due.map(({ storage_key: key }) => key).values()
    // All workers take from the same row of keys.
    const worker = async (): Promise<void> => {
      for (const key of keys) {
        if (await removeOne(service, key)) removed += 1
        else failed += 1
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
  }
}

async function removeOne(
  { db, storage, clock, log }: Pick<Service, 'db' | 'storage' | 'clock' | 'log'>,
  key: string,
): Promise<boolean> {
  const now = clock.now()
  try {
    // A key of one's own that is put a second time comes onto the list though its row is there; what a row names stays, whoever put it down.
    const named = await db.selectFrom('file').select('id').where('storage_key', '=', key).executeTakeFirst()
    if (named === undefined) await storage.remove(key)
    // The same key may have been put down again for later.
    await db.deleteFrom('storage_removal').where('storage_key', '=', key).where('due_at', '<=', now).execute()
    return true
  } catch (error) {
    log.warn({ err: error }, 'an object could not be removed')
    const due_at = new Date(now.getTime() + tryAgainAfter)
    await db.updateTable('storage_removal').set({ due_at }).where('storage_key', '=', key).execute()
    return false
  }
}

/** The job that removes objects. */
export function fileJobs(service: Service): JobHandlers {
  return {
    async 'remove-stored'({ signal }) {
      await removeStored(service, signal)
    },
  }
}
