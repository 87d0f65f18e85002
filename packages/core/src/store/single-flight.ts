/** Shares one running job among all callers of the same key in this thread. */

/** Starts the job of a key, or joins the one that is running. The next call after it has ended starts anew. */
export type SingleFlight<T> = (key: string, job: () => Promise<T>) => Promise<T>

/**
 * One job per key at a time; a failure reaches everyone who waits for it and is not kept.
 *
 * A job must not depend on the abort signal of its first caller: the others wait for it, too.
 */
export function createSingleFlight<T>(): SingleFlight<T> {
  const running = new Map<string, Promise<T>>()
  return (key, job) => {
    const joined = running.get(key)
    if (joined !== undefined) return joined
    // Through `then`, so that a job that throws at once cannot end before it is listed.
    const flight = Promise.resolve()
      .then(job)
      .finally(() => running.delete(key))
    running.set(key, flight)
    return flight
  }
}
