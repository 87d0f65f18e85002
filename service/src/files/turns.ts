/** How much of a kind one account may have under way at once, such as uploads: each holds a connection, and up to its size on the disk, before anybody knows whether it is worth it. */
import { ProblemError } from '../http/problem.ts'

/** Uploads of an account at once, in one process. */
const atOnce = 10

/** Lets so many of each account in, and no more. */
export interface Turns {
  /** @throws ProblemError too-many-requests */
  take<Result>(userId: string, work: () => Promise<Result>): Promise<Result>
  /**
   * Begins a turn whose end is known elsewhere.
   *
   * @returns ends it; doing so twice is the same
   * @throws ProblemError too-many-requests
   */
  begin(userId: string): () => void
}

/** @param what is limited, in the plural */
export function createTurns(most: number = atOnce, what = 'uploads'): Turns {
  const running = new Map<string, number>()

  function begin(userId: string): () => void {
    const before = running.get(userId) ?? 0
    if (before >= most) {
      const detail = `${most} ${what} at once are enough; wait until one of them has ended.`
      throw new ProblemError('too-many-requests', { detail, headers: { 'Retry-After': '2' } })
    }
    running.set(userId, before + 1)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      const left = (running.get(userId) ?? 1) - 1
      if (left === 0) running.delete(userId)
      else running.set(userId, left)
    }
  }

  return {
    begin,
    async take(userId, work) {
      const end = begin(userId)
      try {
        return await work()
      } finally {
        end()
      }
    },
  }
}
