/** Signing in, for pages that need somebody: with a password only, since whoever comes from a provider comes back to where they began. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { toReturnUrl } from '../auth/return-to.ts'
import { signInWithPassword } from '../auth/sign-in.ts'
import type { Routes, ServiceEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { alert, emailField, form, hidden, type Markup, sendPage } from './page.ts'
import { createPageRoutes, openingRoute, sendingRoute } from './page-routes.ts'

const path = '/sign-in'

const returnTo = z.string().max(500).optional()

const open = openingRoute(
  { path, operationId: 'openSignIn', summary: 'The page to sign in at' },
  z.object({ return_to: returnTo, error: z.string().max(200).optional() }),
)

const send = sendingRoute(
  { path, operationId: 'sendSignIn', summary: 'The form of that page: signs in with a password' },
  z.object({ email: z.string().max(254), password: z.string().max(1000), return_to: returnTo }),
)

/** The routes. */
export function signInPage(): Routes {
  return createPageRoutes(path)
    .openapi(open, (c) => {
      const { return_to, error } = c.req.valid('query')
      return sendSignIn(c, { return_to, ...(error === undefined ? {} : { fault: failed, status: 200 }) })
    })
    .openapi(send, async (c) => {
      const { email, password, return_to } = c.req.valid('form')
      const target = return_to === undefined ? undefined : toPage(c, return_to)
      try {
        const state = await signInWithPassword(c, { email, password, remember: true })
        if (state === 'waits-for-erasure') return c.redirect(`${c.get('service').publicUrl}/account/restore`, 303)
        if (target !== undefined) return c.redirect(target, 303)
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        if (error.code === 'wrong-credentials') return sendSignIn(c, { return_to, fault: wrong, status: 401 })
        if (error.code === 'email-not-verified') return sendSignIn(c, { return_to, fault: unverified, status: 403 })
        throw error
      }
      return sendPage(c, { title: 'You are signed in', content: html`<p>You can close this page.</p>` })
    })
}

const failed = html`This did not work. Try again, or sign in with your password.`
const wrong = html`The e-mail address or the password is wrong.`
const unverified = html`Your address is not confirmed yet: look for the mail, or <a href="verify-email">ask for another one</a>.`

/** A path of ours, and nothing else: other origins have pages of their own. */
function toPage(c: Context<ServiceEnv>, wish: string): string {
  return toReturnUrl(c.get('service'), wish.startsWith('/') ? wish : '/')
}

interface SignInFacts {
  readonly return_to: string | undefined
  readonly fault?: Markup
  readonly status?: ContentfulStatusCode
}

function sendSignIn(c: Context<ServiceEnv>, { return_to, fault, status = 200 }: SignInFacts): Promise<Response> {
  const fields = html`${return_to === undefined ? '' : hidden('return_to', return_to)}${emailField()}
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="128" required>`
  const content = html`${fault === undefined ? '' : alert(fault)}${form(c, path, fields, 'Sign in')}
<p><a href="reset-password">Set a new password</a></p>`
  return sendPage(c, { title: 'Sign in', content }, status)
}
