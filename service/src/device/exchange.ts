/** Gives a device its token, once its owner has said yes; tells it to wait, to wait longer, or to give up. */
import { isScope, type Scope } from '@hero-image/client/contract'
import { recordAudit } from '../accounts/audit.ts'
import { createTokenText, hashToken, toTokenPrefix } from '../auth/token-text.ts'
import { newId } from '../keys/uuid.ts'
import type { Service } from '../service.ts'
import { hashCode } from './codes.ts'
import type { OAuthError } from './refusal.ts'

/** Tokens of the command line work for a year. */
export const tokenSeconds = 365 * 86_400

/** Whoever asks too often waits this much longer from then on (RFC 8628, section 3.5). */
const slowDownSeconds = 5

/** What comes of asking. */
export type Exchange =
  | { readonly token: string; readonly scopes: readonly Scope[] }
  | { readonly error: OAuthError; readonly description: string }

/** Asks for the token of a device. */
export async function exchange(
  { db, secret, clock }: Service,
  {
    deviceCode,
    clientId,
    address,
  }: { readonly deviceCode: string; readonly clientId: string; readonly address: string },
): Promise<Exchange> {
  const at = clock.now()
  return db.transaction().execute(async (trx): Promise<Exchange> => {
    const grant = await trx
      .selectFrom('device_grant')
      .selectAll()
      .where('device_code_hash', '=', hashCode(secret, 'device', deviceCode))
      // Two at once: the second waits, and finds the code used.
      .forUpdate()
      .executeTakeFirst()
    if (grant === undefined || grant.client_id !== clientId) {
      return { error: 'invalid_grant', description: 'There is no such device code of this client.' }
    }
    if (grant.state === 'used') return { error: 'invalid_grant', description: 'The device code was used.' }
    if (grant.expires_at <= at)
      return { error: 'expired_token', description: 'The device code has expired; begin anew.' }
    if (grant.state === 'denied') return { error: 'access_denied', description: 'The request was denied.' }
    if (grant.state === 'pending') {
      const isTooSoon =
        grant.polled_at !== null && at.getTime() - grant.polled_at.getTime() < grant.interval_seconds * 1000
      const interval = grant.interval_seconds + (isTooSoon ? slowDownSeconds : 0)
      await trx
        .updateTable('device_grant')
        .set({ polled_at: at, interval_seconds: interval })
        .where('id', '=', grant.id)
        .execute()
      return isTooSoon
        ? { error: 'slow_down', description: `Ask every ${interval} s.` }
        : { error: 'authorization_pending', description: 'Nobody has approved or denied it yet.' }
    }
    const owner = await trx
      .selectFrom('user')
      .select('id')
      .where('id', '=', grant.user_id ?? '')
      .where('erasureDueAt', 'is', null)
      .executeTakeFirst()
    if (owner === undefined) return { error: 'access_denied', description: 'The account is gone.' }
    await trx.updateTable('device_grant').set({ state: 'used' }).where('id', '=', grant.id).execute()
    const token = createTokenText()
    const scopes = grant.scopes.filter(isScope)
    const id = newId()
    await trx
      .insertInto('access_token')
      .values({
        id,
        user_id: owner.id,
        kind: 'cli',
        name: grant.client_name,
        prefix: toTokenPrefix(token),
        hash: hashToken(token),
        scopes,
        created_at: at,
        expires_at: new Date(at.getTime() + tokenSeconds * 1000),
      })
      .execute()
    await recordAudit(trx, { userId: owner.id, action: 'token-created', target: id, address, at })
    return { token, scopes }
  })
}
