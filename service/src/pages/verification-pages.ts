/** Verifying an address: the page of the link, its button, and another mail when the link does not work. */
import { mailWishSchema } from '@hero-image/client/contract'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { html } from 'hono/html'
import { mailVerification, verifyEmail } from '../auth/by-mail.ts'
import type { Routes, ServiceEnv } from '../http/env.ts'
import { isDeadLink, sendLinkFailed } from './link-failed.ts'
import { emailField, form, hidden, type Markup, sendPage } from './page.ts'
import { createPageRoutes, linkQuery, openingRoute, sendingRoute } from './page-routes.ts'

const path = '/verify-email'
const mailPath = '/verify-email/mail'

const open = openingRoute(
  {
    path,
    operationId: 'openVerification',
    summary: 'The page of the link that verifies an address',
  },
  linkQuery,
)

const send = sendingRoute(
  { path, operationId: 'sendVerification', summary: 'The button of that page: verifies the address' },
  z.object({ token: z.string().max(2000) }),
)

const mail = sendingRoute(
  { path: mailPath, operationId: 'askForVerification', summary: 'Asks for another mail that verifies an address' },
  mailWishSchema,
)

/** The routes. */
export function verificationPages(): Routes {
  return createPageRoutes(path, mailPath)
    .openapi(open, (c) => {
      const { token } = c.req.valid('query')
      if (token === undefined) {
        const text = html`<p>We send you a link with which you can confirm it.</p>`
        return sendPage(c, { title: 'Confirm your e-mail address', content: html`${text}${mailForm(c)}` })
      }
      const content = form(c, path, hidden('token', token), 'Confirm my address')
      const text = html`<p>Press the button if you signed up for Hero Image. If you did not, close this page: without it nobody can use the account.</p>`
      return sendPage(c, { title: 'Confirm your e-mail address', content: html`${text}${content}` })
    })
    .openapi(send, async (c) => {
      try {
        await verifyEmail(c, c.req.valid('form').token)
      } catch (error) {
        if (isDeadLink(error)) return sendFailed(c)
        throw error
      }
      return sendPage(c, { title: 'Your address is confirmed', content: html`<p>You can sign in now.</p>` })
    })
    .openapi(mail, async (c) => {
      await mailVerification(c, c.req.valid('form').email)
      const content = html`<p>If an account waits for it, a mail with a new link is on its way.</p>`
      return sendPage(c, { title: 'Look into your mailbox', content })
    })
}

function sendFailed(c: Context<ServiceEnv>): Promise<Response> {
  return sendLinkFailed(
    c,
    html`<p>If you confirmed your address before, just sign in. Otherwise ask for a new link:</p>
${mailForm(c)}`,
  )
}

function mailForm(c: Context<ServiceEnv>): Markup {
  return form(c, mailPath, emailField(), 'Send me a new link')
}
