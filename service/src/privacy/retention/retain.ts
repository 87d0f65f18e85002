/** The job `retention`: deletes what was kept long enough, a bounded number of rows at a time, so that nobody waits for it. */
import type { Service } from '../../service.ts'
import { type Retained, retained } from './lifetimes.ts'
import { sweeps } from './sweeps.ts'

/** Rows of one transaction. */
const batch = 1000

/** Rows that went, by lifetime. */
export type Swept = Partial<Record<Retained, number>>

/** Deletes all that is too old by the clock of the service. */
export async function retain({ db, clock, log }: Pick<Service, 'db' | 'clock' | 'log'>): Promise<Swept> {
  const now = clock.now().getTime()
  const swept: Swept = {}
  let name: Retained
  for (name in retained) {
    const before = new Date(now - retained[name].ms)
    let count = 0
    for (const sweep of sweeps[name]) {
      let found: number
      do {
        found = await db.transaction().execute((trx) => sweep(trx, before, batch))
        count += found
      } while (found >= batch)
    }
    if (count > 0) swept[name] = count
  }
  log.info({ swept }, 'what was kept long enough is deleted')
  return swept
}
