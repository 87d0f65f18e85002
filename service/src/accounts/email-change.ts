/**
 * Another e-mail address. The wish is kept in the link alone, signed: nothing lies in the database that a dump could use. The link is void once the account has another
 * address, and once the session that asked has ended: whoever is put out of an account cannot take it with a link from before.
 */
import { sign, verify } from 'hono/jwt'
import { z } from 'zod'
import { linkSeconds } from '../auth/auth-parts.ts'
import { changeEmailMail, emailChangedMail } from '../auth/mails.ts'
import { invalidField, ProblemError } from '../http/problem.ts'
import { deriveKey } from '../keys/derive.ts'
import { postMail } from '../mail/outbox.ts'
import type { Service } from '../service.ts'
import { recordAudit } from './audit.ts'
import { voidLinksOf } from './revoke-tokens.ts'

const wishSchema = z.object({
  sub: z.string(),
  session: z.string(),
  from: z.string(),
  to: z.string(),
  exp: z.number(),
})

/** Writes to the new address. To whom an address belongs already is not told. */
export async function askForEmail(
  service: Service,
  { userId, sessionId }: { readonly userId: string; readonly sessionId: string },
  to: string,
): Promise<void> {
  const { db, publicUrl, secret, clock } = service
  await db.transaction().execute(async (trx) => {
    const { email } = await trx.selectFrom('user').select('email').where('id', '=', userId).executeTakeFirstOrThrow()
    const taken = await trx.selectFrom('user').select('id').where('email', '=', to).executeTakeFirst()
    if (taken !== undefined) return
    const exp = Math.floor(clock.now().getTime() / 1000) + linkSeconds
    const token = await sign({ sub: userId, session: sessionId, from: email, to, exp }, keyOf(secret), 'HS256')
    await postMail(service, trx, { to, ...changeEmailMail(`${publicUrl}/change-email?token=${token}`) }, userId)
  })
}

/**
 * Gives an account its new address, and tells the old one.
 *
 * @throws ProblemError when the link is not ours, too old, or used; conflict when somebody else has the address by now
 */
export async function changeEmail(service: Service, token: string, address: string): Promise<void> {
  const { db, publicUrl, clock } = service
  const { sub, session, from, to } = await readWish(service, token)
  const at = clock.now()
  await db.transaction().execute(async (trx) => {
    const asked = await trx
      .selectFrom('session')
      .select('id')
      .where('id', '=', session)
      .where('userId', '=', sub)
      .executeTakeFirst()
    if (asked === undefined) throw notValid()
    const taken = await trx.selectFrom('user').select('id').where('email', '=', to).executeTakeFirst()
    if (taken !== undefined && taken.id !== sub) throw new ProblemError('conflict')
    const changed = await trx
      .updateTable('user')
      .set({ email: to, emailVerified: true, updatedAt: at })
      .where('id', '=', sub)
      .where('email', '=', from)
      .where('erasureDueAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (changed === undefined) throw notValid()
    await voidLinksOf(trx, sub)
    await recordAudit(trx, { userId: sub, action: 'email-changed', address, at })
    await postMail(service, trx, { to: from, ...emailChangedMail(publicUrl) }, sub)
  })
}

async function readWish({ secret, clock }: Service, token: string): Promise<z.infer<typeof wishSchema>> {
  // The time is ours to check: the library knows only that of the machine.
  const payload = await verify(token, keyOf(secret), { alg: 'HS256', exp: false }).catch(() => undefined)
  const { data } = wishSchema.safeParse(payload)
  if (data === undefined || data.exp * 1000 <= clock.now().getTime()) throw notValid()
  return data
}

function keyOf(secret: string): string {
  return deriveKey(secret, 'mail-link').toString('base64url')
}

function notValid(): ProblemError {
  return invalidField('/token', 'is not valid, or not any more.')
}
