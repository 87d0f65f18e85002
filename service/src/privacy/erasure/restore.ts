/** Has an account back: for requests of programs and for the form of the page alike. */
import type { Context } from 'hono'
import { recordAudit } from '../../accounts/audit.ts'
import { mayRestore } from '../../auth/principal.ts'
import type { ServiceEnv } from '../../http/env.ts'
import { ProblemError } from '../../http/problem.ts'
import { takeBackWish } from './wish.ts'

/**
 * Takes the wish to be erased back.
 *
 * @param token from the mail; without it the session of somebody who has signed in again counts
 * @throws ProblemError not-found for tokens that are none, or whose time is over; unauthenticated without any proof
 */
export async function restoreAccount(c: Context<ServiceEnv>, token: string | undefined): Promise<void> {
  const service = c.get('service')
  const { db, clock } = service
  const proof = token === undefined ? await mayRestore(service, c.req.raw) : { token }
  if (proof === undefined) throw new ProblemError('unauthenticated')
  await db.transaction().execute(async (trx) => {
    const userId = await takeBackWish(service, trx, proof)
    await recordAudit(trx, { userId, action: 'erasure-cancelled', address: c.get('address'), at: clock.now() })
  })
}
