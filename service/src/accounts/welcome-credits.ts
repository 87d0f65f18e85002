/**
 * Credits for new accounts: once per account, once per address of mail and once per identity at a provider, and only when the address is verified. Claims are keyed
 * hashes that go with the account, since nothing may stay of somebody who is erased; whoever deletes an account and makes a new one waits out the grace period, and
 * fresh addresses of mail cost less than that. What bounds abuse is the cap on sign-ups per address block.
 */
import { createHmac } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Db } from '../database/open.ts'
import { deriveKey } from '../keys/derive.ts'
import { openWallet, topUp } from '../ledger/ledger.ts'
import type { Settings } from '../settings/read.ts'

/** What giving stands on. */
export interface WelcomeParts {
  readonly db: Db
  readonly settings: Settings
  readonly secret: string
  readonly clock: Clock
}

/** Gives an account its first credits, if it may have them and has not had them. */
export async function giveWelcomeCredits({ db, settings, secret, clock }: WelcomeParts, userId: string): Promise<void> {
  const credits = settings.HERO_GRANT_CREDITS
  if (credits === 0) return
  await db.transaction().execute(async (trx) => {
    const user = await trx
      .selectFrom('user')
      .select(['email', 'emailVerified'])
      .where('id', '=', userId)
      .where('erasureDueAt', 'is', null)
      // Two at once for one account: the second waits here, and finds the claims of the first.
      .forUpdate()
      .executeTakeFirst()
    if (user === undefined || !user.emailVerified) return
    const identities = await trx
      .selectFrom('account')
      .select(['providerId', 'accountId'])
      .where('userId', '=', userId)
      .where('providerId', '!=', 'credential')
      .execute()
    const given = await trx.selectFrom('grant_claim').select('kind').where('user_id', '=', userId).execute()
    const claims = [
      { kind: 'email' as const, subject: toClaim(secret, 'email', toMailbox(user.email)) },
      ...identities.map(({ providerId, accountId }) => ({
        kind: 'identity' as const,
        subject: toClaim(secret, providerId, accountId),
      })),
    ]
    const made = await trx
      .insertInto('grant_claim')
      .values(claims.map((claim) => ({ ...claim, user_id: userId, created_at: clock.now() })))
      .onConflict((conflict) => conflict.doNothing())
      .returning('subject')
      .execute()
    // An identity that is added later is claimed without being paid for; one that was claimed by somebody else pays nobody.
    if (given.length > 0 || made.length < claims.length) return
    const walletId = await openWallet(trx, userId)
    await topUp(trx, { walletId, credits, kind: 'grant', key: `welcome:${walletId}`, at: clock.now() })
  })
}

/** One mailbox has one form: what follows a plus is the owner's own note. */
function toMailbox(email: string): string {
  return email.toLowerCase().replace(/\+[^@]*(?=@)/, '')
}

function toClaim(secret: string, issuer: string, subject: string): Buffer {
  return createHmac('sha256', deriveKey(secret, 'rate'))
    .update(JSON.stringify(['grant', issuer, subject]))
    .digest()
}
