/** What somebody does who has a mail of ours, or wants one: the same for requests of programs and for forms of pages. */
import type { Context } from 'hono'
import type { ServiceEnv } from '../http/env.ts'
import { callAuth } from './call.ts'
import { limitMails } from './mail-limit.ts'
import { leastMs, notSooner } from './same-time.ts'

/**
 * Verifies an address with the token of a mail.
 *
 * @throws ProblemError invalid-fields when the token is not valid, or not any more
 */
export async function verifyEmail(c: Context<ServiceEnv>, token: string): Promise<void> {
  await callAuth(c, { path: `/verify-email?${new URLSearchParams({ token })}`, withCookie: false })
}

/**
 * Sends the mail that verifies an address, if somebody waits for it.
 *
 * @throws ProblemError too-many-requests
 */
export async function mailVerification(c: Context<ServiceEnv>, email: string): Promise<void> {
  await limitMails(c, email)
  await notSooner(leastMs, () => callAuth(c, { path: '/send-verification-email', body: { email }, withCookie: false }))
}

/**
 * Sends the mail for a new password, if there is such an account.
 *
 * @throws ProblemError too-many-requests
 */
export async function mailReset(c: Context<ServiceEnv>, email: string): Promise<void> {
  await limitMails(c, email)
  await notSooner(leastMs, () => callAuth(c, { path: '/request-password-reset', body: { email }, withCookie: false }))
}

/**
 * Sets a new password with the token of a mail.
 *
 * @throws ProblemError invalid-fields when the token is not valid, or not any more
 */
export async function resetPassword(c: Context<ServiceEnv>, token: string, newPassword: string): Promise<void> {
  await callAuth(c, { path: '/reset-password', body: { token, newPassword }, withCookie: false })
}
