/** Who asks: a person with a session in a browser, or a program with a token. */
import type { Scope } from '@hero-image/client/contract'
import { isScope } from '@hero-image/client/contract'
import { runPrepared } from '../database/prepared.ts'
import type { Service } from '../service.ts'
import { requireOwnOrigin } from './own-origin.ts'
import { hashToken, looksLikeToken } from './token-text.ts'

/** Somebody who may use the service. */
export type Principal =
  | {
      readonly via: 'session'
      readonly userId: string
      readonly sessionId: string
      readonly signedInAt: Date
    }
  | {
      readonly via: 'token'
      readonly userId: string
      readonly tokenId: string
      readonly scopes: ReadonlySet<Scope>
    }

/**
 * Finds out who sends a request. A token counts before a cookie.
 *
 * @returns undefined for strangers, expired and revoked tokens, and accounts that wait to be erased
 * @throws ProblemError forbidden-origin when another site's page uses the cookie
 */
export async function authenticate(service: Service, request: Request): Promise<Principal | undefined> {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) return byToken(service, authorization)
  const session = await findSession(service, request)
  if (session === undefined || session.waitsForErasure) return undefined
  requireOwnOrigin(service, request)
  const { userId, sessionId, signedInAt } = session
  return { via: 'session', userId, sessionId, signedInAt }
}

/** Whose account waits to be erased, and may be kept after all: the one thing that their session can still do. */
export interface Restorer {
  readonly userId: string
  readonly sessionId: string
}

/**
 * Finds out who wants their account back.
 *
 * @returns undefined for strangers, and for accounts that do not wait to be erased
 * @throws ProblemError forbidden-origin when another site's page uses the cookie
 */
export async function mayRestore(service: Service, request: Request): Promise<Restorer | undefined> {
  if (request.headers.has('authorization')) return undefined
  const session = await findSession(service, request)
  if (session === undefined || !session.waitsForErasure) return undefined
  requireOwnOrigin(service, request)
  return { userId: session.userId, sessionId: session.sessionId }
}

async function byToken({ db, clock }: Service, authorization: string): Promise<Principal | undefined> {
  const text = /^Bearer (\S+)$/i.exec(authorization)?.[1]
  if (text === undefined || !looksLikeToken(text)) return undefined
  const now = clock.now()
  const [row] = await runPrepared(
    db,
    db
      .selectFrom('access_token')
      .innerJoin('user', 'user.id', 'access_token.user_id')
      .select(['access_token.id', 'access_token.user_id', 'access_token.scopes', 'access_token.last_used_on'])
      .where('access_token.hash', '=', hashToken(text))
      .where('access_token.revoked_at', 'is', null)
      .where('user.erasureDueAt', 'is', null)
      .where((where) =>
        where.or([where('access_token.expires_at', 'is', null), where('access_token.expires_at', '>', now)]),
      )
      .compile(),
  )
  if (row === undefined) return undefined
  const today = now.toISOString().slice(0, 10)
  // Written once a day, not with every request.
  if (row.last_used_on !== today) {
    await db.updateTable('access_token').set({ last_used_on: today }).where('id', '=', row.id).execute()
  }
  return { via: 'token', userId: row.user_id, tokenId: row.id, scopes: new Set(row.scopes.filter(isScope)) }
}

/** A session as the database knows it now: nothing about it is believed from the cookie but its signed token. */
interface FoundSession extends Restorer {
  readonly signedInAt: Date
  readonly waitsForErasure: boolean
}

/** The session of a request's cookie. */
export async function findSession(service: Service, request: Request): Promise<FoundSession | undefined> {
  if (!request.headers.has('cookie')) return undefined
  const found = await service.auth.api.getSession({ headers: request.headers })
  if (found === null || found.session.expiresAt <= service.clock.now()) return undefined
  const waiting = await service.db
    .selectFrom('user')
    .select('id')
    .where('id', '=', found.user.id)
    .where('erasureDueAt', 'is not', null)
    .executeTakeFirst()
  return {
    userId: found.user.id,
    sessionId: found.session.id,
    signedInAt: found.session.createdAt,
    waitsForErasure: waiting !== undefined,
  }
}
