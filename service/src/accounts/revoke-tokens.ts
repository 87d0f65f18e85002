/** Puts all programs out of an account at once. */
import type { Db } from '../database/open.ts'

/** Revokes every token of a person. */
export async function revokeTokensOf(trx: Db, userId: string, at: Date): Promise<void> {
  await trx
    .updateTable('access_token')
    .set({ revoked_at: at })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .execute()
}
