/** A few things that many want: one user each, the others wait in a row. */
import { ProblemError } from '../http/problem.ts'

export interface Slots<Thing> {
  readonly all: readonly Thing[]
  /**
   * Uses one, alone.
   *
   * @throws ProblemError unavailable when too many wait already
   */
  use<Result>(work: (thing: Thing) => Promise<Result>): Promise<Result>
}

/** Puts things up for use. Those used last are used first, so that fewer of them are ever needed. */
export function createSlots<Thing>(all: readonly Thing[], maxWaiting: number): Slots<Thing> {
  const free = [...all].reverse()
  const waiting: ((thing: Thing) => void)[] = []

  async function take(): Promise<Thing> {
    const thing = free.pop()
    if (thing !== undefined) return thing
    if (waiting.length >= maxWaiting) throw new ProblemError('unavailable', { headers: { 'Retry-After': '2' } })
    return new Promise((resolve) => waiting.push(resolve))
  }

  function giveBack(thing: Thing): void {
    const next = waiting.shift()
    if (next === undefined) free.push(thing)
    else next(thing)
  }

  return {
    all,
    async use(work) {
      const thing = await take()
      try {
        return await work(thing)
      } finally {
        giveBack(thing)
      }
    },
  }
}
