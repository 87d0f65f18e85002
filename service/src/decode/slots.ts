/** A few things that many want: one user each, the others wait. Those who wait are served in turn by owner, so that nobody waits behind all that one account sends. */
import { ProblemError } from '../http/problem.ts'

export interface Slots<Thing> {
  readonly all: readonly Thing[]
  /**
   * Uses one, alone.
   *
   * @param owner whom the work is for
   * @throws ProblemError unavailable when too many wait already
   */
  use<Result>(owner: string, work: (thing: Thing) => Promise<Result>): Promise<Result>
}

type Waiter<Thing> = (thing: Thing) => void

/** Puts things up for use. Those used last are used first, so that fewer of them are ever needed. */
export function createSlots<Thing>(all: readonly Thing[], maxWaiting: number): Slots<Thing> {
  const free = [...all].reverse()
  /** In the order in which owners have their turn. */
  const rows = new Map<string, Waiter<Thing>[]>()
  let waiting = 0

  async function take(owner: string): Promise<Thing> {
    const thing = free.pop()
    if (thing !== undefined) return thing
    if (waiting >= maxWaiting) throw new ProblemError('unavailable', { headers: { 'Retry-After': '2' } })
    waiting += 1
    return new Promise((resolve) => {
      const row = rows.get(owner)
      if (row === undefined) rows.set(owner, [resolve])
      else row.push(resolve)
    })
  }

  function giveBack(thing: Thing): void {
    const [next] = rows
    if (next === undefined) return void free.push(thing)
    const [owner, [first, ...others]] = next
    rows.delete(owner)
    // Back to the end, behind everybody else.
    if (others.length > 0) rows.set(owner, others)
    waiting -= 1
    first?.(thing)
  }

  return {
    all,
    async use(owner, work) {
      const thing = await take(owner)
      try {
        return await work(thing)
      } finally {
        giveBack(thing)
      }
    },
  }
}
