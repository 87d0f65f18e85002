/** What the functions of the ledger answer when they did nothing, as errors. These are mistakes of the caller, not of a person. */

/** A number of credits that can be booked. */
export function checkCredits(credits: number, least: 0 | 1): void {
  if (Number.isSafeInteger(credits) && credits >= least) return
  throw new RangeError(`${credits} is no number of credits.`)
}

/**
 * Lets pass what was done, now or before.
 *
 * @param what names the call, for the error
 * @throws Error for every other outcome
 */
export function requireDone(outcome: string, what: string): void {
  if (outcome === 'done' || outcome === 'replayed') return
  if (outcome === 'mismatch') throw new Error(`${what}: the key was used for something else.`)
  throw new Error(`${what}: ${outcome}.`)
}
