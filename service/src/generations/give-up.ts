/** The end of a generation whose job the queue has given up: its process died each time, so nobody else could end it. */
import type { Service } from '../service.ts'
import { endGeneration } from './change.ts'

/** Ends it, unless it has ended. */
export async function giveUpGeneration({ db, clock, log }: Service, id: string): Promise<void> {
  const ended = await db
    .transaction()
    .execute((trx) => endGeneration(trx, { id, state: 'failed', failure: 'interrupted', at: clock.now() }))
  if (ended !== undefined) log.error({ generation: id }, 'a generation was given up')
}
