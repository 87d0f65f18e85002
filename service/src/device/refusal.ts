/** Refusals in the form of OAuth (RFC 6749, section 5.2), which client libraries read; the members of a problem are there, too, for everybody else. */
import { problems } from '@hero-image/client/contract'
import type { Context } from 'hono'
import type { ServiceEnv } from '../http/env.ts'

/** Why a request is refused. */
export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unsupported_grant_type'
  | 'authorization_pending'
  | 'slow_down'
  | 'access_denied'
  | 'expired_token'

/** The answer. */
export function refuse(c: Context<ServiceEnv>, error: OAuthError, description: string) {
  const { status, title } = problems['oauth-error']
  return c.json(
    {
      error,
      error_description: description,
      type: 'urn:hero-image:problem:oauth-error',
      code: 'oauth-error',
      title,
      status,
      detail: description,
      request_id: c.get('requestId'),
    },
    status,
  )
}
