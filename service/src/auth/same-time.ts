/** Answers whose time must not tell what was found: none comes sooner than the slowest honest one. */
import { setTimeout as wait } from 'node:timers/promises'

/** Hashing a password takes about a tenth of a second, with or without an account; what else is done differs by some milliseconds. */
export const leastMs = 300

/**
 * Does some work, and lets its end be known no sooner than after a time.
 *
 * @param ms longer than the work takes on a machine that is not overloaded
 */
export async function notSooner<Result>(ms: number, work: () => Promise<Result>): Promise<Result> {
  const [result] = await Promise.allSettled([work(), wait(ms)])
  if (result.status === 'rejected') throw result.reason
  return result.value
}
