/** Signing up, in and out with a password. */
import {
  changePasswordSchema,
  mailSentSchema,
  mailTokenSchema,
  mailWishSchema,
  resetPasswordSchema,
  signedInSchema,
  signInSchema,
  signOutSchema,
  signUpSchema,
  verifiedSchema,
} from '@hero-image/client/contract'
import { createRoute } from '@hono/zod-openapi'
import { recordAudit } from '../accounts/audit.ts'
import { voidLinksOf } from '../accounts/revoke-tokens.ts'
import { answers, empty, json, jsonBody } from '../http/answers.ts'
import type { Routes } from '../http/env.ts'
import { guard, principalOf } from '../http/guard.ts'
import { ProblemError } from '../http/problem.ts'
import { createRoutes } from '../http/routes.ts'
import { postMail } from '../mail/outbox.ts'
import { mailReset, mailVerification, resetPassword, verifyEmail } from './by-mail.ts'
import { callAuth } from './call.ts'
import { limitMails } from './mail-limit.ts'
import { passwordChangedMail } from './mails.ts'
import { limitGuesses } from './password-limit.ts'
import { leastMs, notSooner } from './same-time.ts'
import { signInWithPassword } from './sign-in.ts'
import { limitSignUps } from './sign-up-cap.ts'

const tags = ['sign-in']

const signUp = createRoute({
  method: 'post',
  path: '/api/auth/sign-up/email',
  operationId: 'signUp',
  tags,
  summary: 'Sign up',
  description: 'Sends a mail. The answer is the same whether there is an account with this address or not.',
  ...guard('public'),
  request: { body: jsonBody(signUpSchema) },
  responses: answers({ 202: json(mailSentSchema, 'A mail is on its way.') }),
})

const signIn = createRoute({
  method: 'post',
  path: '/api/auth/sign-in/email',
  operationId: 'signIn',
  tags,
  summary: 'Sign in with a password',
  ...guard('public'),
  request: { body: jsonBody(signInSchema) },
  responses: answers({ 200: json(signedInSchema, 'Signed in; the session is in a cookie.') }),
})

const signOut = createRoute({
  method: 'post',
  path: '/api/auth/sign-out',
  operationId: 'signOut',
  tags,
  summary: 'Sign out, here or everywhere',
  ...guard({ session: 'any' }),
  request: { body: jsonBody(signOutSchema) },
  responses: answers({ 204: empty('Signed out.') }),
})

const sendVerification = createRoute({
  method: 'post',
  path: '/api/auth/send-verification-email',
  operationId: 'sendVerificationMail',
  tags,
  summary: 'Send the mail that verifies an address again',
  ...guard('public'),
  request: { body: jsonBody(mailWishSchema) },
  responses: answers({ 202: json(mailSentSchema, 'If it is needed, a mail is on its way.') }),
})

const verify = createRoute({
  method: 'post',
  path: '/api/auth/verify-email',
  operationId: 'verifyEmail',
  tags,
  summary: 'Verify an address with the token of a mail',
  description: 'The link in the mail leads to a page with a button, since gateways of mail open every link.',
  ...guard('public'),
  request: { body: jsonBody(mailTokenSchema) },
  responses: answers({ 200: json(verifiedSchema, 'The address is verified.') }),
})

const requestReset = createRoute({
  method: 'post',
  path: '/api/auth/request-password-reset',
  operationId: 'requestPasswordReset',
  tags,
  summary: 'Send a mail for a new password',
  ...guard('public'),
  request: { body: jsonBody(mailWishSchema) },
  responses: answers({ 202: json(mailSentSchema, 'If there is such an account, a mail is on its way.') }),
})

const reset = createRoute({
  method: 'post',
  path: '/api/auth/reset-password',
  operationId: 'resetPassword',
  tags,
  summary: 'Set a new password with the token of a mail',
  description: 'Ends all sessions and revokes all tokens.',
  ...guard('public'),
  request: { body: jsonBody(resetPasswordSchema) },
  responses: answers({ 204: empty('The password is set.') }),
})

const change = createRoute({
  method: 'post',
  path: '/api/auth/change-password',
  operationId: 'changePassword',
  tags,
  summary: 'Change the password',
  description: 'Ends all other sessions, and gives this one a new cookie.',
  ...guard({ session: 'any' }),
  request: { body: jsonBody(changePasswordSchema) },
  responses: answers({ 204: empty('The password is changed.') }),
})

/** The routes. */
export function passwordRoutes(): Routes {
  return createRoutes()
    .openapi(signUp, async (c) => {
      const { name, email, password, age_confirmed } = c.req.valid('json')
      if (!age_confirmed) throw new ProblemError('too-young')
      await limitSignUps(c)
      await limitMails(c, email)
      const body = { name, email, password }
      await notSooner(leastMs, async () => {
        try {
          await callAuth(c, { path: '/sign-up/email', body, withCookie: false })
        } catch (error) {
          // Two at once with one address: whoever comes second finds the account there, which is no other answer.
          if (!(error instanceof ProblemError && error.code === 'conflict')) throw error
        }
      })
      return c.json({ status: 'mail-sent' as const }, 202)
    })
    .openapi(signIn, async (c) => {
      return c.json({ status: await signInWithPassword(c, c.req.valid('json')) }, 200)
    })
    .openapi(signOut, async (c) => {
      const { db, clock } = c.get('service')
      const { userId } = principalOf(c)
      await callAuth(c, { path: '/sign-out', body: {} })
      if (c.req.valid('json').everywhere) await db.deleteFrom('session').where('userId', '=', userId).execute()
      await recordAudit(db, { userId, action: 'signed-out', address: c.get('address'), at: clock.now() })
      return c.body(null, 204)
    })
    .openapi(sendVerification, async (c) => {
      await mailVerification(c, c.req.valid('json').email)
      return c.json({ status: 'mail-sent' as const }, 202)
    })
    .openapi(verify, async (c) => {
      await verifyEmail(c, c.req.valid('json').token)
      return c.json({ status: 'verified' as const }, 200)
    })
    .openapi(requestReset, async (c) => {
      await mailReset(c, c.req.valid('json').email)
      return c.json({ status: 'mail-sent' as const }, 202)
    })
    .openapi(reset, async (c) => {
      const { token, new_password } = c.req.valid('json')
      await resetPassword(c, token, new_password)
      return c.body(null, 204)
    })
    .openapi(change, async (c) => {
      const service = c.get('service')
      const { userId } = principalOf(c)
      const { current_password, new_password } = c.req.valid('json')
      const body = { currentPassword: current_password, newPassword: new_password, revokeOtherSessions: true }
      await limitGuesses(c, userId, () => callAuth(c, { path: '/change-password', body }))
      await service.db.transaction().execute(async (trx) => {
        const at = service.clock.now()
        await voidLinksOf(trx, userId)
        await recordAudit(trx, { userId, action: 'password-changed', address: c.get('address'), at })
        const { email } = await trx
          .selectFrom('user')
          .select('email')
          .where('id', '=', userId)
          .executeTakeFirstOrThrow()
        await postMail(service, trx, { to: email, ...passwordChangedMail(service.publicUrl) }, userId)
      })
      return c.body(null, 204)
    })
}
