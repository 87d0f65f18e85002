/** How many uploads of one account may come in at once: each holds a connection, and up to its size on the disk, before anybody knows whether it is worth it. */
import { ProblemError } from '../http/problem.ts'

/** Uploads of an account at once, in one process. */
const atOnce = 10

/** Lets so many of each account in, and no more. */
export interface Turns {
  /** @throws ProblemError too-many-requests */
  take<Result>(userId: string, work: () => Promise<Result>): Promise<Result>
}

export function createTurns(most: number = atOnce): Turns {
  const running = new Map<string, number>()
  return {
    async take(userId, work) {
      const before = running.get(userId) ?? 0
      if (before >= most) {
        const detail = `${most} uploads at once are enough; wait until one of them is there.`
        throw new ProblemError('too-many-requests', { detail, headers: { 'Retry-After': '2' } })
      }
      running.set(userId, before + 1)
      try {
        return await work()
      } finally {
        const left = (running.get(userId) ?? 1) - 1
        if (left === 0) running.delete(userId)
        else running.set(userId, left)
      }
    },
  }
}
