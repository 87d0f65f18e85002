/** Having an account back that waits to be deleted: the page of the link, also for somebody who has signed in again, and its button. */
import { z } from '@hono/zod-openapi'
import { html } from 'hono/html'
import type { Routes } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { restoreAccount } from '../privacy/erasure/restore.ts'
import { isDeadLink, sendLinkFailed } from './link-failed.ts'
import { form, hidden, sendPage } from './page.ts'
import { createPageRoutes, linkQuery, openingRoute, sendingRoute } from './page-routes.ts'

const path = '/account/restore'

const open = openingRoute(
  {
    path,
    operationId: 'openRestoration',
    summary: 'The page of the link that brings an account back; without a token, for who has signed in again',
  },
  linkQuery,
)

const send = sendingRoute(
  { path, operationId: 'sendRestoration', summary: 'The button of that page: the account is back' },
  z.object({ token: z.string().max(500).optional() }),
)

/** The routes. */
export function restorePage(): Routes {
  return createPageRoutes(path)
    .openapi(open, (c) => {
      const { token } = c.req.valid('query')
      const fields = token === undefined ? html`` : hidden('token', token)
      const text = html`<p>Your account waits to be deleted. Press the button to have it back, with everything in it.</p>`
      const content = html`${text}${form(c, path, fields, 'Have my account back')}`
      return sendPage(c, { title: 'Have your account back', content })
    })
    .openapi(send, async (c) => {
      try {
        await restoreAccount(c, c.req.valid('form').token)
      } catch (error) {
        const isStranger = error instanceof ProblemError && error.code === 'unauthenticated'
        if (!isStranger && !isDeadLink(error)) throw error
        const text = html`<p>The account may be back already: then just sign in. Otherwise its time is over, and it is deleted.</p>`
        return sendLinkFailed(c, text)
      }
      const content = html`<p>Nothing will be deleted. Sign in again; API keys have to be made anew.</p>`
      return sendPage(c, { title: 'Your account is back', content })
    })
}
