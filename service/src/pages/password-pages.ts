/** A new password: the page where one asks for a mail, and the page that its link leads to. */
import { mailWishSchema, passwordSchema } from '@hero-image/client/contract'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { html } from 'hono/html'
import { mailReset, resetPassword } from '../auth/by-mail.ts'
import type { Routes, ServiceEnv } from '../http/env.ts'
import { isDeadLink, sendLinkFailed } from './link-failed.ts'
import { alert, emailField, form, hidden, type Markup, sendPage } from './page.ts'
import { createPageRoutes, linkQuery, openingRoute, sendingRoute } from './page-routes.ts'

const path = '/reset-password'
const mailPath = '/reset-password/mail'

const open = openingRoute(
  {
    path,
    operationId: 'openPasswordReset',
    summary: 'The page for a new password; without a token, the page that asks for the mail',
  },
  linkQuery,
)

const send = sendingRoute(
  { path, operationId: 'sendPasswordReset', summary: 'The form of that page: sets the new password' },
  // How long it has to be is told beside the field, and the link is not lost.
  z.object({ token: z.string().max(2000), new_password: z.string().max(1000) }),
)

const mail = sendingRoute(
  { path: mailPath, operationId: 'askForPasswordReset', summary: 'Asks for a mail for a new password' },
  mailWishSchema,
)

/** The routes. */
export function passwordPages(): Routes {
  return createPageRoutes(path, mailPath)
    .openapi(open, (c) => {
      const { token } = c.req.valid('query')
      if (token !== undefined) return sendPasswordForm(c, token)
      const text = html`<p>We send you a link with which you can set a new one.</p>`
      return sendPage(c, { title: 'Set a new password', content: html`${text}${mailForm(c)}` })
    })
    .openapi(send, async (c) => {
      const { token, new_password } = c.req.valid('form')
      if (!passwordSchema.safeParse(new_password).success) return sendPasswordForm(c, token, true)
      try {
        await resetPassword(c, token, new_password)
      } catch (error) {
        if (isDeadLink(error)) return sendLinkFailed(c, html`<p>Ask for a new link:</p>${mailForm(c)}`)
        throw error
      }
      const content = html`<p>All sessions of the account have ended, and all its tokens are revoked. Sign in with the new password.</p>`
      return sendPage(c, { title: 'Your password is set', content })
    })
    .openapi(mail, async (c) => {
      await mailReset(c, c.req.valid('form').email)
      const content = html`<p>If there is an account with this address, a mail with a link is on its way.</p>`
      return sendPage(c, { title: 'Look into your mailbox', content })
    })
}

function mailForm(c: Context<ServiceEnv>): Markup {
  return form(c, mailPath, emailField(), 'Send me a link')
}

function sendPasswordForm(c: Context<ServiceEnv>, token: string, isWrong = false): Promise<Response> {
  const { minLength, maxLength } = passwordSchema
  const rule = `${minLength} to ${maxLength} characters`
  const fields = html`${hidden('token', token)}<label for="new_password">New password, ${rule}</label>
<input id="new_password" name="new_password" type="password" autocomplete="new-password" minlength="${minLength}" maxlength="${maxLength}" required>`
  const content = html`${isWrong ? alert(`A password has ${rule}.`) : ''}${form(c, path, fields, 'Set the password')}
<p>This ends all sessions and revokes all tokens of the account.</p>`
  return sendPage(c, { title: 'Set a new password', content }, isWrong ? 422 : 200)
}
