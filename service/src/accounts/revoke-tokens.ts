/** Puts others out of an account at once. */
import type { Db } from '../database/open.ts'

/** Revokes every token of a person, and those that an approved device has not fetched yet. */
export async function revokeTokensOf(trx: Db, userId: string, at: Date): Promise<void> {
  await trx.deleteFrom('device_grant').where('user_id', '=', userId).execute()
  await trx
    .updateTable('access_token')
    .set({ revoked_at: at })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Voids links for new passwords that are still on their way: whoever could read the old mailbox, or asked for one before, must not come back with it. */
export async function voidLinksOf(trx: Db, userId: string): Promise<void> {
  await trx.deleteFrom('verification').where('value', '=', userId).execute()
}
