/** The wish to be erased, and taking it back. From the wish on the account cannot be used; its rows stay until the grace period is over. */
import { revokeTokensOf } from '../../accounts/revoke-tokens.ts'
import type { Db } from '../../database/open.ts'
import { endGeneration } from '../../generations/change.ts'
import { unfinished } from '../../generations/rows.ts'
import { notFound } from '../../http/problem.ts'
import { postMail } from '../../mail/outbox.ts'
import type { Service } from '../../service.ts'
import { toPseudonym } from '../pseudonym.ts'
import { toErasureMail, toRestoredMail } from './mails.ts'
import { createRestoreToken, isRestoreToken, readRestoreToken } from './restore-token.ts'

const dayMs = 86_400_000

/**
 * Notes the wish. A second one changes nothing.
 *
 * @returns when the account will be erased
 */
export async function wishErasure(service: Service, trx: Db, userId: string): Promise<Date> {
  const now = service.clock.now()
  const dueAt = new Date(now.getTime() + service.settings.HERO_ERASURE_GRACE_DAYS * dayMs)
  const person = await markDue(service, trx, userId, dueAt)
  if (person === undefined) {
    const { erasureDueAt } = await trx
      .selectFrom('user')
      .select('erasureDueAt')
      .where('id', '=', userId)
      .executeTakeFirstOrThrow()
    return erasureDueAt ?? dueAt
  }
  const link = `${service.publicUrl}/account/restore?token=${createRestoreToken(service.secret, userId, dueAt)}`
  await postMail(service, trx, toErasureMail(person.email, person.name, dueAt, link), userId)
  return dueAt
}

/**
 * Puts an account out of use until it is erased: nobody is signed in any more, and nothing more is spent.
 *
 * @returns undefined when it waits already
 */
export async function markDue(
  { secret, clock }: Pick<Service, 'secret' | 'clock'>,
  trx: Db,
  userId: string,
  dueAt: Date,
): Promise<{ readonly email: string; readonly name: string } | undefined> {
  const now = clock.now()
  const person = await trx
    .updateTable('user')
    .set({ erasureDueAt: dueAt })
    .where('id', '=', userId)
    .where('erasureDueAt', 'is', null)
    .returning(['email', 'name'])
    .executeTakeFirst()
  if (person === undefined) return undefined
  await trx.deleteFrom('session').where('userId', '=', userId).execute()
  await trx.deleteFrom('device_grant').where('user_id', '=', userId).execute()
  await revokeTokensOf(trx, userId, now)
  await cancelGenerations(trx, userId, now)
  const due = { state: 'due', due_at: dueAt, is_listed: false } as const
  await trx
    .insertInto('erasure')
    .values({ subject: toPseudonym(secret, userId), requested_at: now, ...due })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet({ requested_at: now, ...due }))
    .execute()
  return person
}

/** All are locked before the first one's hold is given back, as in an erasure. */
async function cancelGenerations(trx: Db, userId: string, at: Date): Promise<void> {
  const rows = await trx
    .selectFrom('generation')
    .select('id')
    .where('user_id', '=', userId)
    .where('state', 'in', unfinished)
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const { id } of rows) await endGeneration(trx, { id, state: 'canceled', at })
}

/**
 * Takes the wish back.
 *
 * @param proof the text from the link in the mail, or who has signed in again
 * @throws ProblemError not-found for links that are none, or whose time is over
 */
export async function takeBackWish(
  service: Service,
  trx: Db,
  proof: { readonly token: string } | { readonly userId: string },
): Promise<string> {
  const { secret, clock } = service
  const userId = 'token' in proof ? readRestoreToken(proof.token) : proof.userId
  const person = await trx
    .selectFrom('user')
    .select(['email', 'name', 'erasureDueAt'])
    .where('id', '=', userId)
    .where('erasureDueAt', '>', clock.now())
    .forUpdate()
    .executeTakeFirst()
  const dueAt = person?.erasureDueAt ?? null
  if (person === undefined || dueAt === null) throw notFound()
  if ('token' in proof && !isRestoreToken(proof.token, secret, userId, dueAt)) throw notFound()
  await trx.updateTable('user').set({ erasureDueAt: null }).where('id', '=', userId).execute()
  await trx
    .updateTable('erasure')
    .set({ state: 'withdrawn', is_listed: false })
    .where('subject', '=', toPseudonym(secret, userId))
    .execute()
  await postMail(service, trx, toRestoredMail(person.email, person.name), userId)
  return userId
}
