/** Routes of erasure: the wish, and taking it back with the link in the mail, or after signing in again, which is all that such a session can do. */
import { erasureSchema, restoreSchema } from '@hero-image/client/contract'
import { createRoute } from '@hono/zod-openapi'
import { recordAudit } from '../../accounts/audit.ts'
import { answers, empty, json, jsonBody } from '../../http/answers.ts'
import type { Routes } from '../../http/env.ts'
import { guard, principalOf } from '../../http/guard.ts'
import { createRoutes } from '../../http/routes.ts'
import type { Service } from '../../service.ts'
import { restoreAccount } from './restore.ts'
import { wishErasure } from './wish.ts'

const tags = ['Privacy']

const erase = createRoute({
  method: 'delete',
  path: '/v1/me',
  operationId: 'deleteMe',
  tags,
  summary: 'Delete your account',
  ...guard({ session: 'fresh' }),
  responses: answers({ 202: json(erasureSchema, 'You are signed out everywhere; a mail has the way back.') }),
})

const restore = createRoute({
  method: 'post',
  path: '/v1/me/restore',
  operationId: 'restoreMe',
  tags,
  summary: 'Have an account back that waits to be deleted',
  ...guard('public'),
  request: { body: jsonBody(restoreSchema) },
  responses: answers({ 204: empty('It is back.') }),
})

/** Routes of erasure. */
export function erasureRoutes(service: Service): Routes {
  const { db, clock } = service
  return createRoutes()
    .openapi(erase, async (c) => {
      const { userId } = principalOf(c)
      const dueAt = await db.transaction().execute(async (trx) => {
        const address = c.get('address')
        await recordAudit(trx, { userId, action: 'erasure-asked', address, at: clock.now() })
        return wishErasure(service, trx, userId)
      })
      return c.json({ erasure_due_at: dueAt.toISOString() }, 202)
    })
    .openapi(restore, async (c) => {
      await restoreAccount(c, c.req.valid('json').token)
      return c.body(null, 204)
    })
}
