/** Packs and orders. An order is answered with the address where it is paid; whether it was, only the provider tells. */
import {
  newOrderSchema,
  orderPageSchema,
  orderSchema,
  packListSchema,
  pageQuerySchema,
} from '@hero-image/client/contract'
import { createRoute, z } from '@hono/zod-openapi'
import { answers, idParam, json, jsonBody } from '../http/answers.ts'
import { readCursor, toPage } from '../http/cursor.ts'
import type { Routes } from '../http/env.ts'
import { guard, guardOnce, idempotencyHeader, principalOf } from '../http/guard.ts'
import { once } from '../http/once.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { createRoutes } from '../http/routes.ts'
import { fromWireId } from '../keys/uuid.ts'
import type { Service } from '../service.ts'
import { openCheckout } from './open-checkout.ts'
import { toOrderAnswer } from './order-answer.ts'
import { packs } from './packs.ts'
import { placeOrder } from './place-order.ts'
import { terms } from './terms.ts'

const listPacks = createRoute({
  method: 'get',
  path: '/v1/packs',
  operationId: 'listPacks',
  tags: ['Orders'],
  summary: 'What can be ordered, and under which terms',
  ...guard('public'),
  responses: answers({ 200: json(packListSchema, 'Packs, smallest first, and the terms.') }),
})

const createOrder = createRoute({
  method: 'post',
  path: '/v1/orders',
  operationId: 'createOrder',
  tags: ['Orders'],
  summary: 'Order a pack; the answer tells where to pay',
  description:
    'Somebody who orders the same again before having paid gets the same order. After provider-unavailable send the same request again, with the same key.',
  ...guardOnce({ scope: 'credits:write' }),
  request: { headers: idempotencyHeader, body: jsonBody(newOrderSchema) },
  responses: answers({ 201: json(orderSchema, 'The order. `checkout_url` is where to pay.') }),
})

const listOrders = createRoute({
  method: 'get',
  path: '/v1/orders',
  operationId: 'listOrders',
  tags: ['Orders'],
  summary: 'Orders, newest first',
  ...guard({ scope: 'credits:read' }),
  request: { query: pageQuerySchema },
  responses: answers({ 200: json(orderPageSchema, 'A page of orders.') }),
})

const getOrder = createRoute({
  method: 'get',
  path: '/v1/orders/{id}',
  operationId: 'getOrder',
  tags: ['Orders'],
  summary: 'An order',
  ...guard({ scope: 'credits:read' }),
  request: { params: idParam },
  responses: answers({ 200: json(orderSchema, 'The order.') }),
})

/** What is remembered of a request: the order. How it stands is told anew each time. */
const placedSchema = z.object({ order: z.uuid() })

/** Routes of packs and orders. */
export function orderRoutes(service: Service): Routes {
  const { db, secret, clock, payments } = service
  const routes = createRoutes()

  routes.openapi(listPacks, (c) => c.json({ data: payments === undefined ? [] : [...packs], terms }, 200))

  routes.openapi(createOrder, async (c) => {
    if (payments === undefined) throw new ProblemError('unavailable', { detail: 'Nothing is sold here.' })
    const wish = c.req.valid('json')
    const { userId } = principalOf(c)
    const placing = { userId, provider: payments.provider, at: clock.now() }
    const { answer } = await once(c, placedSchema, wish, async (trx) => ({
      order: await placeOrder(trx, wish, placing),
    }))
    return c.json(toOrderAnswer(await openCheckout(service, payments, answer.order)), 201)
  })

  routes.openapi(listOrders, async (c) => {
    const { limit, cursor } = c.req.valid('query')
    const after = readCursor(secret, 'order', cursor)
    const rows = await db
      .selectFrom('order')
      .selectAll()
      .where('user_id', '=', principalOf(c).userId)
      .$if(after !== undefined, (query) => query.where('id', '<', after ?? ''))
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute()
    const page = toPage(secret, 'order', rows, limit)
    return c.json({ data: page.rows.map(toOrderAnswer), next_cursor: page.nextCursor }, 200)
  })

  routes.openapi(getOrder, async (c) => {
    const id = fromWireId('order', c.req.valid('param').id)
    if (id === undefined) throw notFound()
    const order = await db
      .selectFrom('order')
      .selectAll()
      .where('id', '=', id)
      .where('user_id', '=', principalOf(c).userId)
      .executeTakeFirst()
    if (order === undefined) throw notFound()
    return c.json(toOrderAnswer(order), 200)
  })

  return routes
}
