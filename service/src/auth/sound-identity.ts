/**
 * Identities of providers whose address of mail nobody has verified. Whoever makes one up with the address of somebody else must not learn from the answer whether that
 * address has an account; so it is refused before anybody looks for one, unless the identity itself signs in here already.
 */
import type { Db } from '../database/open.ts'

/** What a provider says of a person. */
interface ProviderAnswer<Profile> {
  readonly user: { readonly emailVerified: boolean }
  readonly data: Profile
}

/**
 * The same question to a provider, answered with null for such identities.
 *
 * @param ask the provider's own way
 * @param toSubject identifier of the person at the provider
 */
export function onlySound<Token, Answer extends ProviderAnswer<unknown>>(
  db: Db,
  providerId: string,
  ask: (token: Token) => Promise<Answer | null>,
  toSubject: (profile: Answer['data']) => string,
): (token: Token) => Promise<Answer | null> {
  return async (token) => {
    const answer = await ask(token)
    if (answer === null || answer.user.emailVerified) return answer
    const known = await db
      .selectFrom('account')
      .select('id')
      .where('providerId', '=', providerId)
      .where('accountId', '=', toSubject(answer.data))
      .executeTakeFirst()
    return known === undefined ? null : answer
  }
}
