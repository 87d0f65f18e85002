/** A person as the API shows them. */
import type { Me } from '@hero-image/client/contract'
import type { Db } from '../database/open.ts'
import { toWireId } from '../keys/uuid.ts'

/** Reads a person. */
export async function readMe(db: Db, publicUrl: string, userId: string): Promise<Me> {
  const user = await db.selectFrom('user').selectAll().where('id', '=', userId).executeTakeFirstOrThrow()
  const accounts = await db.selectFrom('account').select('providerId').where('userId', '=', userId).execute()
  const avatar = await db
    .selectFrom('file')
    .select('id')
    .where('user_id', '=', userId)
    .where('kind', '=', 'avatar')
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  const providers = accounts.map(({ providerId }) => providerId)
  return {
    id: toWireId('user', user.id),
    name: user.name,
    email: user.email,
    email_verified: user.emailVerified,
    avatar_url: avatar === undefined ? null : `${publicUrl}/v1/me/avatar`,
    created_at: user.createdAt.toISOString(),
    has_password: providers.includes('credential'),
    sign_in_with: providers.filter((provider) => provider !== 'credential').sort(),
  }
}
