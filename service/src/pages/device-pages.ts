/** Signing a device in: its owner types the code that it shows, sees what it wants, and says yes or no. Whoever is not signed in is sent to do so first. */
import { isScope, scopes } from '@hero-image/client/contract'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { authenticate } from '../auth/principal.ts'
import { decide, findGrant } from '../device/approval.ts'
import type { Routes, ServiceEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { alert, form, hidden, type Markup, sendPage } from './page.ts'
import { createPageRoutes, openingRoute, sendingRoute } from './page-routes.ts'

const path = '/device'
const decisionPath = '/device/decision'

const code = z.string().max(50)

const open = openingRoute(
  { path, operationId: 'openDevice', summary: 'The page where the code of a device is typed' },
  z.object({ user_code: code.optional() }),
)

const look = sendingRoute(
  { path, operationId: 'sendDeviceCode', summary: 'The form of that page: shows what the device wants' },
  z.object({ user_code: code }),
)

const decision = sendingRoute(
  {
    path: decisionPath,
    operationId: 'sendDeviceDecision',
    summary: 'Lets the device into the account, or sends it away',
  },
  z.object({ user_code: code, decision: z.enum(['approve', 'deny']) }),
)

/** The routes. */
export function devicePages(): Routes {
  return createPageRoutes(path, decisionPath)
    .openapi(open, async (c) => {
      const { user_code } = c.req.valid('query')
      return (await sendToSignIn(c, user_code)) ?? sendCodeForm(c, user_code)
    })
    .openapi(look, async (c) => {
      const { user_code } = c.req.valid('form')
      const away = await sendToSignIn(c, user_code)
      if (away !== undefined) return away
      try {
        const { client_name, scopes: wanted } = await findGrant(c, user_code)
        return sendWish(c, user_code, client_name, wanted)
      } catch (error) {
        if (!isUnknown(error)) throw error
        return sendCodeForm(c, user_code, 'There is no device with this code, or not any more.', 404)
      }
    })
    .openapi(decision, async (c) => {
      const { user_code, decision: given } = c.req.valid('form')
      const away = await sendToSignIn(c, user_code)
      if (away !== undefined) return away
      await decide(c, await findGrant(c, user_code), given === 'approve' ? 'approved' : 'denied')
      return given === 'approve'
        ? sendPage(c, { title: 'The device is signed in', content: html`<p>Go back to it: it goes on by itself.</p>` })
        : sendPage(c, { title: 'The device was sent away', content: html`<p>It has no access to your account.</p>` })
    })
}

/** Where whoever is not signed in has to go; otherwise the request is theirs from here on. */
async function sendToSignIn(c: Context<ServiceEnv>, userCode: string | undefined): Promise<Response | undefined> {
  const service = c.get('service')
  const principal = await authenticate(service, c.req.raw)
  if (principal?.via === 'session') {
    c.set('principal', principal)
    return undefined
  }
  const back = userCode === undefined ? path : `${path}?${new URLSearchParams({ user_code: userCode })}`
  return c.redirect(`${service.publicUrl}/sign-in?${new URLSearchParams({ return_to: back })}`, 303)
}

function isUnknown(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'not-found'
}

function sendCodeForm(
  c: Context<ServiceEnv>,
  userCode = '',
  fault?: string,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const fields = html`<label for="user_code">The code that the device shows</label>
<input id="user_code" name="user_code" value="${userCode}" maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" required>`
  const content = html`${fault === undefined ? '' : alert(fault)}${form(c, path, fields, 'Go on')}`
  return sendPage(c, { title: 'Sign a device in', content }, status)
}

function sendWish(
  c: Context<ServiceEnv>,
  userCode: string,
  name: string,
  wanted: readonly string[],
): Promise<Response> {
  const allowed: Markup[] = wanted.filter(isScope).map((scope) => html`<li>${scopes[scope]}</li>`)
  const fields = html`${hidden('user_code', userCode)}${hidden('decision', 'approve')}`
  const deny = form(
    c,
    decisionPath,
    html`${hidden('user_code', userCode)}${hidden('decision', 'deny')}`,
    'Send it away',
  )
  const content = html`<p>The device <strong>${name}</strong> with the code <strong>${userCode}</strong> wants to use your account. It could:</p>
<ul>${allowed}</ul>
<p>Let it in only if you have just started this yourself, on a device of yours that shows this code. Nobody of ours would ever ask you for it.</p>
${form(c, decisionPath, fields, 'Let it in')}${deny}`
  return sendPage(c, { title: 'Let this device in?', content })
}
