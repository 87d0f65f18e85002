/** Bounded work: how many jobs run at once, and how much memory they may need together. */

/** What a job asks of the queue. */
export interface QueueRunOptions {
  /** Higher runs first; 0 unless given. Jobs of one priority run in the order they came. */
  readonly priority?: number
  /** Memory the job needs while it runs, in bytes; 0 unless given. */
  readonly bytes?: number
  /** Cancels the job while it waits, with the signal's reason. A running job gets the signal and decides itself. */
  readonly signal?: AbortSignal
}

/** Work that is done a bounded number of jobs at a time. */
export interface Queue {
  /** Runs the job when there is room for it, and gives what the job gives. */
  readonly run: <T>(job: (signal?: AbortSignal) => Promise<T>, options?: QueueRunOptions) => Promise<T>
  /** Jobs that wait and jobs that run at this moment. */
  readonly size: { readonly waiting: number; readonly running: number }
}

interface Waiting {
  readonly priority: number
  readonly bytes: number
  readonly start: () => void
}

/**
 * At most `jobs` jobs (≥ 1) run at once, and the bytes they declare add up to at most `bytes`. A job that needs more
 * than that runs alone.
 *
 * The first in line is never overtaken: while a large job waits for memory, smaller ones behind it wait as well, or a
 * stream of them would starve it.
 *
 * @throws RangeError when no job could ever run.
 */
export function createQueue({ jobs, bytes: budget }: { jobs: number; bytes: number }): Queue {
  if (!(jobs >= 1)) throw new RangeError(`A queue needs room for at least one job, not ${jobs}`)
  const waiting: Waiting[] = []
  let running = 0
  let used = 0

  function startNext(): void {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (running > 0 && (running >= jobs || used + next.bytes > budget)) return
      waiting.shift()
      running += 1
      used += next.bytes
      next.start()
    }
  }

  function whenTurn(priority: number, bytes: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((done, fail) => {
      const cancel = (): void => {
        waiting.splice(waiting.indexOf(entry), 1)
        fail(signal?.reason)
        // It may have been the large job that everybody waited behind.
        startNext()
      }
      const start = (): void => {
        signal?.removeEventListener('abort', cancel)
        done()
      }
      const entry: Waiting = { priority, bytes, start }
      signal?.addEventListener('abort', cancel, { once: true })
      const place = waiting.findIndex((other) => other.priority < priority)
      waiting.splice(place === -1 ? waiting.length : place, 0, entry)
      startNext()
    })
  }

  return {
    run: async (job, { priority = 0, bytes = 0, signal } = {}) => {
      signal?.throwIfAborted()
      await whenTurn(priority, bytes, signal)
      try {
        return await job(signal)
      } finally {
        running -= 1
        used -= bytes
        startNext()
      }
    },
    get size() {
      return { waiting: waiting.length, running }
    },
  }
}
