/** Signing in with GitHub and Google. */
import { providersSchema, redirectSchema, socialProviderNames, socialSignInSchema } from '@hero-image/client/contract'
import { createRoute, z } from '@hono/zod-openapi'
import { answers, empty, json, jsonBody } from '../http/answers.ts'
import type { Routes } from '../http/env.ts'
import { guard } from '../http/guard.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { createRoutes } from '../http/routes.ts'
import { type Limit, takeOne } from '../limits/bucket.ts'
import type { Service } from '../service.ts'
import { callAuth } from './call.ts'
import { isOwnOrigin } from './own-origin.ts'
import { findSession } from './principal.ts'
import { endReplacedSession } from './replaced-session.ts'
import { toReturnUrl } from './return-to.ts'
import { limitSignUps } from './sign-up-cap.ts'

const tags = ['sign-in']

const providers = createRoute({
  method: 'get',
  path: '/api/auth/providers',
  operationId: 'listSignInProviders',
  tags,
  summary: 'How people can sign in',
  ...guard('public'),
  responses: answers({ 200: json(providersSchema, 'Providers that are set up, and the minimum age.') }),
})

const signIn = createRoute({
  method: 'post',
  path: '/api/auth/sign-in/social',
  operationId: 'signInWithProvider',
  tags,
  summary: 'Begin to sign in at a provider',
  description:
    'People who have no account yet get one only with `age_confirmed`; otherwise the browser comes back to `/sign-in?error=signup_disabled`, and nothing is kept.',
  ...guard('public'),
  request: { body: jsonBody(socialSignInSchema) },
  responses: answers({ 200: json(redirectSchema, 'Where the browser has to go.') }),
})

const callback = createRoute({
  method: 'get',
  path: '/api/auth/callback/{provider}',
  operationId: 'returnFromProvider',
  tags,
  summary: 'Where a provider sends the browser back to',
  ...guard('public'),
  request: {
    params: z.object({ provider: z.string().max(100) }),
    query: z.object({
      code: z.string().max(4000).optional(),
      state: z.string().max(4000).optional(),
      error: z.string().max(200).optional(),
      iss: z.string().max(500).optional(),
    }),
  },
  responses: answers({
    302: empty(
      'To where the browser wanted to go, to `/account/restore` when the account waits to be erased, or to `/sign-in?error=…`.',
    ),
  }),
})

/** The routes. */
export function socialRoutes(service: Service): Routes {
  const { settings } = service
  const isSetUp = { github: settings.GITHUB_CLIENT_ID !== undefined, google: settings.GOOGLE_CLIENT_ID !== undefined }
  return createRoutes()
    .openapi(providers, (c) =>
      c.json(
        { social: socialProviderNames.filter((name) => isSetUp[name]), minimum_age: settings.HERO_MINIMUM_AGE },
        200,
      ),
    )
    .openapi(signIn, async (c) => {
      const { provider, age_confirmed, return_to } = c.req.valid('json')
      if (age_confirmed === false) throw new ProblemError('too-young')
      if (!isSetUp[provider]) throw notFound()
      const callbackURL = toReturnUrl(service, return_to)
      if (age_confirmed === true) await limitSignUps(c)
      const body = { provider, callbackURL, requestSignUp: age_confirmed === true, disableRedirect: true }
      const response = await callAuth(c, { path: '/sign-in/social', body, withCookie: false })
      return c.json(redirectSchema.parse(await response.json()), 200)
    })
    .openapi(callback, async (c) => {
      const { provider } = c.req.valid('param')
      if (!socialProviderNames.some((name) => name === provider && isSetUp[name])) throw notFound()
      const query = Object.entries(c.req.valid('query')).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      )
      if (!(await isFirstReturn(service, c.req.valid('query').state, c.req.header('cookie')))) {
        return c.redirect(`${service.publicUrl}/sign-in?error=state_mismatch`, 302)
      }
      const response = await callAuth(c, { path: `/callback/${provider}?${new URLSearchParams(query)}` })
      const target = URL.parse(response.headers.get('location') ?? '', service.publicUrl)
      if (target === null || !isOwnOrigin(service, target.origin)) throw new Error('Sign-in led to another origin.')
      const session = await findNewSession(service, response)
      if (session !== undefined) await endReplacedSession(c)
      return c.redirect(session?.waitsForErasure === true ? `${service.publicUrl}/account/restore` : target.href, 302)
    })
}

/** The state lies in the browser alone, and would come back as often as somebody likes, each time for another account. One is valid for ten minutes. */
const perState: Limit = { kind: 'oauth-state', limit: 1, windowMs: 600_000 }

async function isFirstReturn(service: Service, state = '', cookies = ''): Promise<boolean> {
  const [sealed, another] = [...cookies.matchAll(/(?:^|;)\s*(?:__Secure-)?hero\.oauth_state=([^;]*)/g)]
  // Without it the return is refused anyway. Both together, since one alone could be spent by somebody else, or by mistake.
  if (sealed === undefined) return true
  // Of two, nobody knows which one counts.
  if (another !== undefined) return false
  return (await takeOne(service, service.db, perState, `${state} ${tryDecode(sealed[1] ?? '')}`)).allowed
}

function tryDecode(text: string): string {
  try {
    return decodeURIComponent(text.trim())
  } catch {
    return text
  }
}

/** The session that an answer begins, if it begins one. */
async function findNewSession(service: Service, answer: Response): ReturnType<typeof findSession> {
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return findSession(service, new Request(service.publicUrl, { headers: { cookie } }))
}
