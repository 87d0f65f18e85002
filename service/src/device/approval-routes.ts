/** Where the owner of a device looks at what it wants, and says yes or no. */
import { deviceWishSchema, isScope, userCodeSchema } from '@hero-image/client/contract'
import { createRoute } from '@hono/zod-openapi'
import { answers, json, jsonBody } from '../http/answers.ts'
import type { Routes } from '../http/env.ts'
import { guard } from '../http/guard.ts'
import { createRoutes } from '../http/routes.ts'
import { decide, findGrant } from './approval.ts'

const tags = ['devices']

const look = createRoute({
  method: 'post',
  path: '/v1/device/look-up',
  operationId: 'lookUpDevice',
  tags,
  summary: 'What the device with a code wants',
  ...guard({ session: 'any' }),
  request: { body: jsonBody(userCodeSchema) },
  responses: answers({ 200: json(deviceWishSchema, 'The wish.') }),
})

const approve = createRoute({
  method: 'post',
  path: '/v1/device/approve',
  operationId: 'approveDevice',
  tags,
  summary: 'Let a device into the account',
  ...guard({ session: 'any' }),
  request: { body: jsonBody(userCodeSchema) },
  responses: answers({ 200: json(deviceWishSchema, 'The wish, approved.') }),
})

const deny = createRoute({
  method: 'post',
  path: '/v1/device/deny',
  operationId: 'denyDevice',
  tags,
  summary: 'Send a device away',
  ...guard({ session: 'any' }),
  request: { body: jsonBody(userCodeSchema) },
  responses: answers({ 200: json(deviceWishSchema, 'The wish, denied.') }),
})

/** The routes. */
export function approvalRoutes(): Routes {
  return createRoutes()
    .openapi(look, async (c) => {
      const { client_name, scopes, state } = await findGrant(c, c.req.valid('json').user_code)
      // That the token was fetched meanwhile is no news for its owner.
      const known = state === 'used' ? ('approved' as const) : state
      return c.json({ client_name, scopes: scopes.filter(isScope), state: known }, 200)
    })
    .openapi(approve, async (c) => {
      const grant = await findGrant(c, c.req.valid('json').user_code)
      await decide(c, grant, 'approved')
      const { client_name, scopes } = grant
      return c.json({ client_name, scopes: scopes.filter(isScope), state: 'approved' as const }, 200)
    })
    .openapi(deny, async (c) => {
      const grant = await findGrant(c, c.req.valid('json').user_code)
      await decide(c, grant, 'denied')
      const { client_name, scopes } = grant
      return c.json({ client_name, scopes: scopes.filter(isScope), state: 'denied' as const }, 200)
    })
}
