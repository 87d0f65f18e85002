/** A new session in a browser ends the one that was there: a cookie that somebody else knew, or planted, is worth nothing after signing in. */
import type { Context } from 'hono'
import type { ServiceEnv } from '../http/env.ts'
import { findSession } from './principal.ts'

/** Ends the session that came with a request, once another has taken its place. */
export async function endReplacedSession(c: Context<ServiceEnv>): Promise<void> {
  const service = c.get('service')
  const replaced = await findSession(service, c.req.raw)
  if (replaced === undefined) return
  await service.db.deleteFrom('session').where('id', '=', replaced.sessionId).execute()
}
