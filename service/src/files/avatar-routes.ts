/** /v1/me/avatar. */
import { uploadTypes } from '@hero-image/client/contract'
import { createRoute } from '@hono/zod-openapi'
import { answers, empty } from '../http/answers.ts'
import type { Routes } from '../http/env.ts'
import { guard, principalOf } from '../http/guard.ts'
import { createRoutes } from '../http/routes.ts'
import type { Service } from '../service.ts'
import { findAvatar, removeAvatar, setAvatar } from './avatar.ts'
import { fileAnswers } from './file-answers.ts'
import { receiveBody } from './receive-body.ts'
import { sendFile } from './send-file.ts'
import { createTurns } from './turns.ts'

const tags = ['account']
const path = '/v1/me/avatar'
const bytes = { schema: { type: 'string', format: 'binary' } } as const

const set = createRoute({
  method: 'put',
  path,
  operationId: 'setAvatar',
  tags,
  summary: 'Replace the picture of the account; it is cut square and drawn anew',
  ...guard({ scope: 'account:write' }),
  request: {
    body: {
      required: true,
      content: Object.fromEntries([...uploadTypes, 'application/octet-stream'].map((type) => [type, bytes])),
    },
  },
  responses: answers({ 204: empty('The picture is replaced.') }),
})

const get = createRoute({
  method: 'get',
  path,
  operationId: 'getAvatar',
  tags,
  summary: 'Get the picture of the account',
  ...guard({ scope: 'account:read' }),
  responses: answers(fileAnswers(['image/webp'], 'The picture, 256 pixels square.')),
})

const remove = createRoute({
  method: 'delete',
  path,
  operationId: 'removeAvatar',
  tags,
  summary: 'Remove the picture of the account',
  ...guard({ scope: 'account:write' }),
  responses: answers({ 204: empty('There is no picture any more.') }),
})

/** Routes of the picture of an account. */
export function avatarRoutes(service: Service): Routes {
  const { db } = service
  const turns = createTurns(1)
  const routes = createRoutes()

  routes.openapi(set, async (c) => {
    const { userId } = principalOf(c)
    await turns.take(userId, async () => {
      const file = await receiveBody(c, service.settings)
      try {
        await setAvatar(service, userId, file)
      } finally {
        await file.close()
      }
    })
    return c.body(null, 204)
  })

  routes.openapi(get, async (c) => sendFile(c, service, await findAvatar(db, principalOf(c).userId), { inline: true }))

  routes.openapi(remove, async (c) => {
    await removeAvatar(db, principalOf(c).userId)
    return c.body(null, 204)
  })

  return routes
}
