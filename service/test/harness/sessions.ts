/** People who are signed in in a browser: a real session with its signed cookie, without the cost of a password. */
import { serializeSigned } from 'hono/utils/cookie'
import { newId } from '../../src/keys/uuid.ts'
import { type TestService, testUrl } from './service.ts'

/** A person in a browser. */
export interface SignedIn {
  readonly cookie: string
  readonly sessionId: string
  /** Sends a request as our own pages would: with the cookie and the origin. */
  request(path: string, init?: RequestInit): Promise<Response>
  /** Sends JSON so, with an Idempotency-Key of its own unless one is given. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
}

/** Signs a person in. */
export async function signIn(hero: TestService, person: { readonly userId: string }): Promise<SignedIn> {
  const { authCookies, internalAdapter, secret } = await hero.service.auth.$context
  const session = await internalAdapter.createSession(person.userId)
  const cookie = await serializeSigned(authCookies.sessionToken.name, session.token, secret)
  return { sessionId: session.id, ...withCookie(hero, cookie) }
}

/** A browser that has a cookie. */
export function withCookie(hero: TestService, cookie: string): Omit<SignedIn, 'sessionId'> {
  const request = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers({ origin: testUrl, cookie })
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value)
    return hero.request(path, { ...init, headers })
  }
  return {
    cookie,
    request,
    post: (path, body, headers = {}) =>
      request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': newId(), ...headers },
        body: JSON.stringify(body),
      }),
  }
}
