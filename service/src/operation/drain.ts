/** A process that stops: no new requests, running ones end, jobs go back to the queue. */

/** Counts what is under way, and says when the process is stopping. */
export interface Drain {
  isDraining(): boolean
  /** Begins to stop. */
  begin(): void
}

export function createDrain(): Drain {
  let draining = false
  return {
    isDraining: () => draining,
    begin() {
      draining = true
    },
  }
}
