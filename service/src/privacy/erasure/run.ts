/** The job `erasures`: erases who is due, one person after the other, and writes the list. It can stop anywhere; the next run goes on. */
import type { Service } from '../../service.ts'
import { erasePerson } from './erase.ts'
import { writeErasureList } from './list.ts'

type RunParts = Pick<Service, 'db' | 'storage' | 'clock' | 'secret' | 'log'>

/** Erases everybody whose time has come. */
export async function runErasures(parts: RunParts): Promise<number> {
  const { db, clock, log } = parts
  const now = clock.now()
  const due = await db
    .selectFrom('user')
    .select('id')
    .where('erasureDueAt', '<=', now)
    .orderBy('erasureDueAt')
    .execute()
  let erased = 0
  let failure: unknown
  for (const { id } of due) {
    try {
      const counts = await erasePerson(parts, id, ({ erasureDueAt }) => erasureDueAt !== null && erasureDueAt <= now)
      if (counts !== undefined) erased += 1
    } catch (error) {
      // Nobody waits for another person's trouble.
      failure ??= error
      log.error({ err: error }, 'an erasure failed and will be tried again')
    }
  }
  await writeErasureList(parts)
  if (erased > 0) log.info({ erased }, 'accounts were erased')
  if (failure !== undefined) throw failure
  return erased
}
