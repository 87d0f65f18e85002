/** /v1/credits: the balance and the statement. */
import { creditsSchema, pageQuerySchema, transferPageSchema } from '@hero-image/client/contract'
import { createRoute } from '@hono/zod-openapi'
import { answers, json } from '../http/answers.ts'
import { readCursor, toPage } from '../http/cursor.ts'
import type { Routes } from '../http/env.ts'
import { guard, principalOf } from '../http/guard.ts'
import { createRoutes } from '../http/routes.ts'
import type { Service } from '../service.ts'
import { readStatement } from './statement.ts'
import { walletOf } from './wallet.ts'

const tags = ['credits']
const read = guard({ scope: 'credits:read' })

const get = createRoute({
  method: 'get',
  path: '/v1/credits',
  operationId: 'getCredits',
  tags,
  summary: 'Read the balance',
  ...read,
  responses: answers({ 200: json(creditsSchema, 'The balance.') }),
})

const list = createRoute({
  method: 'get',
  path: '/v1/credits/transfers',
  operationId: 'listTransfers',
  tags,
  summary: 'List every change of the balance, newest first',
  ...read,
  request: { query: pageQuerySchema },
  responses: answers({ 200: json(transferPageSchema, 'A page of changes.') }),
})

/** Routes of credits. */
export function creditRoutes({ db, secret }: Service): Routes {
  return createRoutes()
    .openapi(get, async (c) => {
      const { available, held, owed, frozen } = await walletOf(db, principalOf(c).userId)
      return c.json({ available, held, owed, frozen }, 200)
    })
    .openapi(list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const before = readCursor(secret, 'transfer', cursor)
      const { id } = await walletOf(db, principalOf(c).userId)
      const lines = id === undefined ? [] : await readStatement(db, id, { limit: limit + 1, before })
      const { rows, nextCursor } = toPage(secret, 'transfer', lines, limit)
      return c.json({ data: rows.map(({ transfer }) => transfer), next_cursor: nextCursor }, 200)
    })
}
