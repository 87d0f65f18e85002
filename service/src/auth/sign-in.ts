/** Signing in with a password: the same for requests of programs and for the form of the page. */
import type { Context } from 'hono'
import { z } from 'zod'
import type { ServiceEnv } from '../http/env.ts'
import { callAuth } from './call.ts'
import { limitGuesses } from './password-limit.ts'
import { endReplacedSession } from './replaced-session.ts'
import { leastMs, notSooner } from './same-time.ts'

/** What somebody types. */
export interface Credentials {
  readonly email: string
  readonly password: string
  /** False ends the session with the browser. */
  readonly remember: boolean
}

const signedIn = z.object({ user: z.object({ id: z.string() }) })

/**
 * Signs in; the cookie goes with the answer.
 *
 * @returns whether the account waits to be erased: then having it back is all that the session can do
 * @throws ProblemError wrong-credentials, email-not-verified, too-many-requests
 */
export async function signInWithPassword(
  c: Context<ServiceEnv>,
  { email, password, remember }: Credentials,
): Promise<'signed-in' | 'waits-for-erasure'> {
  const body = { email, password, rememberMe: remember }
  const response = await limitGuesses(c, email, () =>
    notSooner(leastMs, () => callAuth(c, { path: '/sign-in/email', body })),
  )
  const { user } = signedIn.parse(await response.json())
  await endReplacedSession(c)
  const { erasureDueAt } = await c
    .get('service')
    .db.selectFrom('user')
    .select('erasureDueAt')
    .where('id', '=', user.id)
    .executeTakeFirstOrThrow()
  return erasureDueAt === null ? 'signed-in' : 'waits-for-erasure'
}
