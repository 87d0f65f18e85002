/** The time, as something that tests can move. */

/** Tells the time. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
