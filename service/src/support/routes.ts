/** Support: people write, we answer by mail. */
import {
  createMessageSchema,
  createTicketSchema,
  messageSchema,
  pageQuerySchema,
  ticketPageSchema,
  ticketWithMessagesSchema,
} from '@hero-image/client/contract'
import { createRoute } from '@hono/zod-openapi'
import { answers, idParam, json, jsonBody } from '../http/answers.ts'
import { readCursor, toPage } from '../http/cursor.ts'
import type { Routes } from '../http/env.ts'
import { guard, guardOnce, idempotencyHeader, principalOf } from '../http/guard.ts'
import { once } from '../http/once.ts'
import { createRoutes } from '../http/routes.ts'
import type { Service } from '../service.ts'
import { addMessage, createTicket, readTicket, toTicket } from './tickets.ts'

const tags = ['Support']

const create = createRoute({
  method: 'post',
  path: '/v1/support',
  operationId: 'createTicket',
  tags,
  summary: 'Write to support',
  ...guardOnce({ scope: 'support:write' }),
  request: { headers: idempotencyHeader, body: jsonBody(createTicketSchema) },
  responses: answers({ 201: json(ticketWithMessagesSchema, 'The ticket.') }),
})

const list = createRoute({
  method: 'get',
  path: '/v1/support',
  operationId: 'listTickets',
  tags,
  summary: 'List your tickets',
  ...guard({ scope: 'support:write' }),
  request: { query: pageQuerySchema },
  responses: answers({ 200: json(ticketPageSchema, 'Tickets, newest first.') }),
})

const read = createRoute({
  method: 'get',
  path: '/v1/support/{id}',
  operationId: 'getTicket',
  tags,
  summary: 'Read a ticket with its messages',
  ...guard({ scope: 'support:write' }),
  request: { params: idParam },
  responses: answers({ 200: json(ticketWithMessagesSchema, 'The ticket.') }),
})

const write = createRoute({
  method: 'post',
  path: '/v1/support/{id}/messages',
  operationId: 'createMessage',
  tags,
  summary: 'Add a message to a ticket',
  ...guardOnce({ scope: 'support:write' }),
  request: { params: idParam, headers: idempotencyHeader, body: jsonBody(createMessageSchema) },
  responses: answers({ 201: json(messageSchema, 'The message.') }),
})

/** Routes of support. */
export function supportRoutes(service: Service): Routes {
  const { db, secret } = service
  return createRoutes()
    .openapi(create, async (c) => {
      const wish = c.req.valid('json')
      const { userId } = principalOf(c)
      const { answer } = await once(c, ticketWithMessagesSchema, wish, (trx) =>
        createTicket(service, trx, userId, wish),
      )
      return c.json(answer, 201)
    })
    .openapi(list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const after = readCursor(secret, 'ticket', cursor)
      let query = db.selectFrom('support_ticket').selectAll().where('user_id', '=', principalOf(c).userId)
      if (after !== undefined) query = query.where('id', '<', after)
      const rows = await query
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      const page = toPage(secret, 'ticket', rows, limit)
      return c.json({ data: page.rows.map(toTicket), next_cursor: page.nextCursor }, 200)
    })
    .openapi(read, async (c) => {
      return c.json(await readTicket(db, principalOf(c).userId, c.req.valid('param').id), 200)
    })
    .openapi(write, async (c) => {
      const wish = c.req.valid('json')
      const { id } = c.req.valid('param')
      const { userId } = principalOf(c)
      const { answer } = await once(c, messageSchema, wish, (trx) => addMessage(service, trx, userId, id, wish))
      return c.json(answer, 201)
    })
}
