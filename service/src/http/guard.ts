/** Who may use a route, said once: the guard checks it, and the document tells it. */
import type { Scope } from '@hero-image/client/contract'
import { z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { authenticate, type Principal } from '../auth/principal.ts'
import type { ServiceEnv } from './env.ts'
import { ProblemError } from './problem.ts'

/** `public`: anybody. A scope: a session, or a token that has it. A session: never a token; `fresh`: signed in a short while ago. */
export type Access = 'public' | { readonly scope: Scope } | { readonly session: 'any' | 'fresh' }

/** A session is fresh for this long after signing in, ms. */
const freshFor = 15 * 60_000

/** Guard of a route, spread into `createRoute`. */
export function guard(access: Access) {
  return { security: toSecurity(access), 'x-access': access, middleware: requireAccess(access) }
}

/** Guard of a route that spends, buys or creates: it asks for an Idempotency-Key, too. */
export function guardOnce(access: Access) {
  return { ...guard(access), 'x-idempotent': true }
}

/** Header of routes behind `guardOnce`. */
export const idempotencyHeader = z.object({
  'idempotency-key': z.string().min(1).max(255).optional().meta({
    description:
      'Required. A key of your own, new for each wish: the same request sent again has the same answer, and happens once.',
  }),
})

/** Whoever asks; only behind a guard that is not public. */
export function principalOf(c: { get(name: 'principal'): Principal | undefined }): Principal {
  const principal = c.get('principal')
  if (principal === undefined) throw new Error('This route has no guard.')
  return principal
}

function toSecurity(access: Access): Record<string, string[]>[] {
  if (access === 'public') return []
  return 'scope' in access ? [{ session: [] }, { token: [access.scope] }] : [{ session: [] }]
}

function requireAccess(access: Access): MiddlewareHandler<ServiceEnv> {
  return createMiddleware<ServiceEnv>(async (c, next) => {
    if (access === 'public') return next()
    const service = c.get('service')
    const principal = await authenticate(service, c.req.raw)
    if (principal === undefined) {
      throw new ProblemError('unauthenticated', { headers: { 'WWW-Authenticate': 'Bearer realm="hero-image"' } })
    }
    if ('scope' in access) requireScope(principal, access.scope)
    else requireSession(principal, access.session, service.clock.now())
    c.set('principal', principal)
    return next()
  })
}

/** True for sessions, and for tokens with the scope. */
export function hasScope(principal: Principal, scope: Scope): boolean {
  return principal.via === 'session' || principal.scopes.has(scope)
}

/** For routes whose answer may have in it what another scope is about. @throws ProblemError missing-scope */
export function requireScope(principal: Principal, scope: Scope): void {
  if (hasScope(principal, scope)) return
  throw new ProblemError('missing-scope', { detail: `This needs the scope ${scope}.` })
}

function requireSession(principal: Principal, kind: 'any' | 'fresh', now: Date): void {
  if (principal.via !== 'session') throw new ProblemError('session-required')
  if (kind === 'fresh' && now.getTime() - principal.signedInAt.getTime() > freshFor) {
    throw new ProblemError('fresh-session-required')
  }
}
