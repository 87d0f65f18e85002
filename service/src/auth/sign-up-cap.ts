/** Accounts that one address block may make in a day. Attempts count, whether they lead to an account or not: otherwise the cap would tell who has one. */
import type { Context } from 'hono'
import { toBlock } from '../http/address.ts'
import type { ServiceEnv } from '../http/env.ts'
import { takeOne, tooMany } from '../limits/bucket.ts'
import { recordSignal } from '../limits/signal.ts'

/**
 * Counts a sign-up.
 *
 * @throws ProblemError too-many-requests
 */
export async function limitSignUps(c: Context<ServiceEnv>): Promise<void> {
  const service = c.get('service')
  const block = toBlock(c.get('address'))
  const limit = {
    kind: 'sign-up',
    limit: service.settings.HERO_SIGN_UPS_PER_ADDRESS_AND_DAY,
    windowMs: 86_400_000,
  }
  const allowance = await takeOne(service, service.db, limit, block)
  if (allowance.allowed) return
  await recordSignal(service, service.db, 'sign-up-cap', block)
  throw tooMany(allowance)
}
