/**
 * Tells when something happened to generations, whichever process it happened in: one small question to the database every half second for all that are watched
 * together, and none while nobody watches.
 */
import type { Db } from '../database/open.ts'
import type { Log } from '../log/log.ts'

/** Waits for events. */
export interface EventFeed {
  /** Resolves once a generation has more events than those, at the latest after `ms`, or when the signal fires. */
  wait(generationId: string, seen: number, ms: number, signal: AbortSignal): Promise<void>
}

const every = 500

interface Waiter {
  readonly generationId: string
  readonly seen: number
  readonly wake: () => void
}

/** Creates a feed. */
export function createEventFeed(db: Db, log: Log): EventFeed {
  const waiters = new Set<Waiter>()
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    const ids = [...new Set([...waiters].map(({ generationId }) => generationId))]
    try {
      const rows = await db.selectFrom('generation').select(['id', 'event_count']).where('id', 'in', ids).execute()
      const counts = new Map(rows.map(({ id, event_count }) => [id, event_count]))
      // One that is gone has nothing more to tell, which is news, too.
      for (const waiter of waiters) {
        if ((counts.get(waiter.generationId) ?? Number.POSITIVE_INFINITY) > waiter.seen) waiter.wake()
      }
    } catch (error) {
      log.warn({ err: error }, 'events could not be looked for')
    }
    schedule()
  }

  function schedule(): void {
    timer = waiters.size === 0 ? undefined : setTimeout(() => void look(), every).unref()
  }

  return {
    wait: (generationId, seen, ms, signal) =>
      new Promise((resolve) => {
        const done = (): void => {
          waiters.delete(waiter)
          clearTimeout(latest)
          signal.removeEventListener('abort', done)
          resolve()
        }
        const waiter: Waiter = { generationId, seen, wake: done }
        const latest = setTimeout(done, ms)
        signal.addEventListener('abort', done)
        if (signal.aborted) return done()
        waiters.add(waiter)
        if (timer === undefined) schedule()
      }),
  }
}
