/** Taking a new address: the page of the link, and its button. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { html } from 'hono/html'
import { changeEmail } from '../accounts/email-change.ts'
import type { Routes, ServiceEnv } from '../http/env.ts'
import { isDeadLink, sendLinkFailed } from './link-failed.ts'
import { form, hidden, sendPage } from './page.ts'
import { createPageRoutes, linkQuery, openingRoute, sendingRoute } from './page-routes.ts'

const path = '/change-email'

const open = openingRoute(
  { path, operationId: 'openEmailChange', summary: 'The page of the link to a new address' },
  linkQuery,
)

const send = sendingRoute(
  { path, operationId: 'sendEmailChange', summary: 'The button of that page: the account takes the new address' },
  z.object({ token: z.string().max(2000) }),
)

/** The routes. */
export function emailChangePage(): Routes {
  return createPageRoutes(path)
    .openapi(open, (c) => {
      const { token } = c.req.valid('query')
      if (token === undefined) return sendFailed(c)
      const text = html`<p>Press the button if you want to use this address for your account at Hero Image from now on. If you do not know of it, close this page.</p>`
      const content = html`${text}${form(c, path, hidden('token', token), 'Use this address')}`
      return sendPage(c, { title: 'Confirm your new e-mail address', content })
    })
    .openapi(send, async (c) => {
      try {
        await changeEmail(c.get('service'), c.req.valid('form').token, c.get('address'))
      } catch (error) {
        if (isDeadLink(error)) return sendFailed(c)
        throw error
      }
      const content = html`<p>Your account has the new address. We have told the old one.</p>`
      return sendPage(c, { title: 'Your address is changed', content })
    })
}

function sendFailed(c: Context<ServiceEnv>): Promise<Response> {
  const text = html`<p>Such a link ends after an hour, after it was used, and when you sign out. Sign in and ask for the new address again.</p>`
  return sendLinkFailed(c, text)
}
