/** Calls better-auth as a browser would, and makes its answers ours. Nothing of the client gets there but what is named here. */
import type { Context } from 'hono'
import { z } from 'zod'
import type { ServiceEnv } from '../http/env.ts'
import { invalidField, notFound, ProblemError } from '../http/problem.ts'
import { addressHeader } from './auth-parts.ts'

const passedOn = ['cookie', 'origin', 'user-agent', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']

/** A call. */
export interface AuthCall {
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
  /** False hides who is signed in, where the answer must not depend on it. */
  readonly withCookie?: boolean
}

/** Calls, and passes cookies on. Answers that are no success become problems. */
export async function callAuth(c: Context<ServiceEnv>, { path, body, withCookie = true }: AuthCall): Promise<Response> {
  const { auth, publicUrl } = c.get('service')
  const headers = new Headers({ [addressHeader]: c.get('address') })
  for (const name of passedOn) {
    const value = c.req.header(name)
    if (value !== undefined && (withCookie || name !== 'cookie')) headers.set(name, value)
  }
  if (body !== undefined) headers.set('content-type', 'application/json')
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
  const response = await auth.handler(new Request(`${publicUrl}/api/auth${path}`, init))
  if (response.status >= 400) throw toProblem(await readCode(response), response.status)
  for (const cookie of response.headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true })
  return response
}

async function readCode(response: Response): Promise<string> {
  const { data } = z.object({ code: z.string() }).safeParse(await response.json().catch(() => undefined))
  return data?.code ?? ''
}

/** What better-auth refuses, in our words. */
const refusals: Readonly<Record<string, () => ProblemError>> = {
  INVALID_EMAIL_OR_PASSWORD: () => new ProblemError('wrong-credentials'),
  EMAIL_NOT_VERIFIED: () => new ProblemError('email-not-verified'),
  INVALID_EMAIL: () => invalidField('/email', 'is no e-mail address.'),
  INVALID_PASSWORD: () => invalidField('/current_password', 'is wrong.'),
  CREDENTIAL_ACCOUNT_NOT_FOUND: () =>
    new ProblemError('conflict', { detail: 'This account has no password; set one with a mail for a new password.' }),
  FAILED_TO_CREATE_USER: () => new ProblemError('conflict'),
  INVALID_TOKEN: () => invalidField('/token', 'is not valid, or not any more.'),
  TOKEN_EXPIRED: () => invalidField('/token', 'is not valid any more.'),
  USER_NOT_FOUND: () => invalidField('/token', 'is not valid, or not any more.'),
  INVALID_ORIGIN: () => new ProblemError('forbidden-origin'),
  MISSING_OR_NULL_ORIGIN: () => new ProblemError('forbidden-origin'),
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: () => new ProblemError('forbidden-origin'),
  INVALID_CALLBACK_URL: () => invalidField('/return_to', 'is neither a path nor an address of a trusted origin.'),
  PROVIDER_NOT_FOUND: () => notFound(),
  UNAUTHORIZED: () => new ProblemError('unauthenticated'),
}

function toProblem(code: string, status: number): ProblemError {
  const refusal = refusals[code]
  if (refusal !== undefined) return refusal()
  if (status === 401) return new ProblemError('unauthenticated')
  return new ProblemError('internal', { cause: new Error(`Sign-in answered ${status} ${code}`) })
}
