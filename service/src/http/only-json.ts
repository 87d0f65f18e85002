/** Routes that take JSON take nothing else: a form or a plain text is what another site's page can send without asking the browser. */
import { createMiddleware } from 'hono/factory'
import type { ServiceEnv } from './env.ts'
import { ProblemError } from './problem.ts'

/** Refuses bodies that do not say to be JSON. */
export const onlyJson = createMiddleware<ServiceEnv>(async (c, next) => {
  const type = c.req.header('content-type')
  const hasBody = type !== undefined || c.req.raw.body !== null
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (!isRead && hasBody && !/^application\/json\s*(?:;|$)/i.test(type ?? '')) {
    throw new ProblemError('unsupported-media-type', { detail: 'The body has to be application/json.' })
  }
  return next()
})
