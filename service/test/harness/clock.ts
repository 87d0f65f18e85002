/** A clock that stands still until it is moved. */
import type { Clock } from '../../src/clock.ts'

export interface TestClock extends Clock {
  /** Moves the time forward. */
  advance(ms: number): void
}

/** Creates a clock; it begins at the real time, since databases have clocks of their own. */
export function createTestClock(start: Date = new Date()): TestClock {
  let time = start.getTime()
  return {
    now: () => new Date(time),
    advance(ms) {
      time += ms
    },
  }
}
