/** Cancels a generation: the credits come back at once; whoever is drawing notices it and stops. */
import { ProblemError } from '../http/problem.ts'
import type { Service } from '../service.ts'
import { endGeneration } from './change.ts'
import { findGeneration, type GenerationRow, type OutputFacts } from './rows.ts'

/**
 * Cancels. Canceling twice is as good as once.
 *
 * @throws ProblemError not-found; conflict when it ended otherwise
 */
export async function cancelGeneration(
  { db, clock }: Pick<Service, 'db' | 'clock'>,
  userId: string,
  wireId: string,
): Promise<GenerationRow & Partial<OutputFacts>> {
  return db.transaction().execute(async (trx) => {
    const found = await findGeneration(trx, userId, wireId)
    const ended = await endGeneration(trx, { id: found.id, state: 'canceled', at: clock.now() })
    if (ended !== undefined) return ended
    const now = await findGeneration(trx, userId, wireId)
    if (now.state === 'canceled') return now
    throw new ProblemError('conflict', { detail: `The generation has ended: ${now.state}.` })
  })
}
