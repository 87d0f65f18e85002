/** What the owner of a device says to it. Codes are short, so wrong ones are counted: against the person, and against the sender. */
import type { Context } from 'hono'
import type { Selectable } from 'kysely'
import { recordAudit } from '../accounts/audit.ts'
import { deviceApprovedMail } from '../auth/mails.ts'
import type { DeviceGrantTable } from '../database/tables/accounts.ts'
import type { ServiceEnv } from '../http/env.ts'
import { principalOf } from '../http/guard.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { giveBack, type Limit, takeOne, tooMany } from '../limits/bucket.ts'
import { recordSignal } from '../limits/signal.ts'
import { toSender } from '../limits/subject.ts'
import { postMail } from '../mail/outbox.ts'
import { hashCode } from './codes.ts'

const perPerson: Limit = { kind: 'user-code', limit: 10, windowMs: 600_000 }
const perSender: Limit = { kind: 'user-code-sender', limit: 30, windowMs: 600_000 }

/**
 * The wish behind a code.
 *
 * @throws ProblemError not-found; too-many-requests after wrong codes
 */
export async function findGrant(c: Context<ServiceEnv>, userCode: string): Promise<Selectable<DeviceGrantTable>> {
  const service = c.get('service')
  const { db, secret, clock } = service
  const sender = toSender(c.get('address'))
  const counted = [
    [perPerson, principalOf(c).userId],
    [perSender, sender],
  ] as const
  for (const [limit, subject] of counted) {
    const allowance = await takeOne(service, db, limit, subject)
    if (allowance.allowed) continue
    await recordSignal(service, db, 'user-code-guessing', sender)
    throw tooMany(allowance)
  }
  const grant = await db
    .selectFrom('device_grant')
    .selectAll()
    .where('user_code_hash', '=', hashCode(secret, 'user', userCode))
    .where('expires_at', '>', clock.now())
    .executeTakeFirst()
  if (grant === undefined) throw notFound()
  for (const [limit, subject] of counted) await giveBack(service, db, limit, subject)
  return grant
}

/**
 * Says yes or no, once.
 *
 * @throws ProblemError conflict when it was said already
 */
export async function decide(
  c: Context<ServiceEnv>,
  { id, client_name }: Selectable<DeviceGrantTable>,
  state: 'approved' | 'denied',
): Promise<void> {
  const service = c.get('service')
  const { db, clock, publicUrl } = service
  const { userId } = principalOf(c)
  const at = clock.now()
  await db.transaction().execute(async (trx) => {
    const decided = await trx
      .updateTable('device_grant')
      .set({ state, user_id: userId })
      .where('id', '=', id)
      .where('state', '=', 'pending')
      .where('expires_at', '>', at)
      .returning('id')
      .executeTakeFirst()
    if (decided === undefined) throw new ProblemError('conflict', { detail: 'This was approved or denied already.' })
    const action = state === 'approved' ? 'device-approved' : 'device-denied'
    await recordAudit(trx, { userId, action, target: id, address: c.get('address'), at })
    if (state === 'denied') return
    const { email } = await trx.selectFrom('user').select('email').where('id', '=', userId).executeTakeFirstOrThrow()
    await postMail(service, trx, { to: email, ...deviceApprovedMail(client_name, publicUrl) }, userId)
  })
}
