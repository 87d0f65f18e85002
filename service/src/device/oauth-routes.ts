/**
 * Device sign-in for programs (RFC 8628), revocation (RFC 7009) and where to find them (RFC 8414). Our own instead of better-auth's plugin: that one refuses forms, which
 * is all that client libraries send, keeps both codes as they are, and ends in a session whose token works from a dump of the database.
 */
import {
  deviceAuthorizationRequestSchema,
  deviceAuthorizationSchema,
  deviceGrantType,
  deviceTokenRequestSchema,
  deviceTokenSchema,
  oauthErrorSchema,
  oauthMetadataSchema,
  revokeRequestSchema,
  scopeNames,
} from '@hero-image/client/contract'
import { createRoute, OpenAPIHono, type z } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { recordAudit } from '../accounts/audit.ts'
import { hashToken, looksLikeToken } from '../auth/token-text.ts'
import { answers, empty, json } from '../http/answers.ts'
import type { Routes, ServiceEnv } from '../http/env.ts'
import { guard } from '../http/guard.ts'
import { ProblemError } from '../http/problem.ts'
import { requireRoom } from '../limits/bucket.ts'
import { toSender, toSubscriber } from '../limits/subject.ts'
import type { Service } from '../service.ts'
import { beginGrant, codeSeconds, firstInterval, toScopes } from './authorization.ts'
import { findClient } from './clients.ts'
import { exchange, tokenSeconds } from './exchange.ts'
import { refuse } from './refusal.ts'

const tags = ['devices']
const form = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/x-www-form-urlencoded': { schema } },
})
const refusal = json(oauthErrorSchema, 'Refused; `error` says why.')

/** Devices that one sender may begin to sign in. */
const beginnings = { kind: 'device', limit: 30, windowMs: 600_000 }

/** The same for all IPv6 networks that one subscriber has. */
const subscriberBeginnings = { kind: 'device-subscriber', limit: 300, windowMs: 600_000 }

const authorize = createRoute({
  method: 'post',
  path: '/oauth/device_authorization',
  operationId: 'authorizeDevice',
  tags,
  summary: 'Begin to sign a device in',
  ...guard('public'),
  request: { body: form(deviceAuthorizationRequestSchema) },
  responses: answers({ 200: json(deviceAuthorizationSchema, 'Codes for the device and for its owner.'), 400: refusal }),
})

const token = createRoute({
  method: 'post',
  path: '/oauth/token',
  operationId: 'exchangeDeviceCode',
  tags,
  summary: 'Ask for the token of a device',
  ...guard('public'),
  request: { body: form(deviceTokenRequestSchema) },
  responses: answers({ 200: json(deviceTokenSchema, 'The token.'), 400: refusal }),
})

const revoke = createRoute({
  method: 'post',
  path: '/oauth/revoke',
  operationId: 'revokeOwnToken',
  tags,
  summary: 'Revoke a token that one holds',
  description: 'The answer is the same for tokens that do not exist.',
  ...guard('public'),
  request: { body: form(revokeRequestSchema) },
  responses: answers({ 200: empty('The token does not work, or not any more.'), 400: refusal }),
})

const metadata = createRoute({
  method: 'get',
  path: '/.well-known/oauth-authorization-server',
  operationId: 'getOAuthMetadata',
  tags,
  summary: 'Where the endpoints of OAuth are',
  ...guard('public'),
  responses: answers({ 200: json(oauthMetadataSchema, 'The endpoints.') }),
})

/** The routes. */
export function oauthRoutes(service: Service): Routes {
  const { db, publicUrl, clock } = service
  const routes = new OpenAPIHono<ServiceEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const names = result.error.issues.map(({ path }) => path.join('.'))
      return refuse(c, 'invalid_request', `Missing or not valid: ${names.join(', ')}. The body has to be a form.`)
    },
  })
  routes.use(
    '/oauth/*',
    bodyLimit({
      maxSize: 16 * 1024,
      onError: () => {
        throw new ProblemError('payload-too-large')
      },
    }),
  )
  return routes
    .openapi(authorize, async (c) => {
      const { client_id, client_name, scope } = c.req.valid('form')
      const client = findClient(client_id)
      if (client === undefined) return refuse(c, 'invalid_client', 'There is no such client.')
      const scopes = toScopes(client, scope)
      if (scopes === undefined) return refuse(c, 'invalid_scope', `Scopes of this client: ${client.scopes.join(' ')}`)
      const address = c.get('address')
      const subscriber = toSubscriber(address)
      if (subscriber !== undefined) await requireRoom(service, db, subscriberBeginnings, subscriber)
      await requireRoom(service, db, beginnings, toSender(address))
      // It is shown to whoever approves: nothing invisible may stand in it.
      const clientName = client_name?.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim() || client.name
      const { deviceCode, userCode } = await beginGrant(service, { clientId: client_id, clientName, scopes })
      return c.json(
        {
          device_code: deviceCode,
          user_code: userCode,
          verification_uri: `${publicUrl}/device`,
          verification_uri_complete: `${publicUrl}/device?user_code=${userCode}`,
          expires_in: codeSeconds,
          interval: firstInterval,
        },
        200,
      )
    })
    .openapi(token, async (c) => {
      const { grant_type, device_code, client_id } = c.req.valid('form')
      if (findClient(client_id) === undefined) return refuse(c, 'invalid_client', 'There is no such client.')
      if (grant_type !== deviceGrantType) return refuse(c, 'unsupported_grant_type', `Only ${deviceGrantType}.`)
      const result = await exchange(service, {
        deviceCode: device_code,
        clientId: client_id,
        address: c.get('address'),
      })
      if ('error' in result) return refuse(c, result.error, result.description)
      return c.json(
        {
          access_token: result.token,
          token_type: 'Bearer' as const,
          expires_in: tokenSeconds,
          scope: result.scopes.join(' '),
        },
        200,
      )
    })
    .openapi(revoke, async (c) => {
      const { token: text } = c.req.valid('form')
      if (looksLikeToken(text)) {
        const at = clock.now()
        await db.transaction().execute(async (trx) => {
          const revoked = await trx
            .updateTable('access_token')
            .set({ revoked_at: at })
            .where('hash', '=', hashToken(text))
            .where('revoked_at', 'is', null)
            .returning(['id', 'user_id'])
            .executeTakeFirst()
          if (revoked === undefined) return
          const event = { userId: revoked.user_id, action: 'token-revoked', target: revoked.id } as const
          await recordAudit(trx, { ...event, address: c.get('address'), at })
        })
      }
      return c.body(null, 200)
    })
    .openapi(metadata, (c) =>
      c.json(
        {
          issuer: publicUrl,
          device_authorization_endpoint: `${publicUrl}/oauth/device_authorization`,
          token_endpoint: `${publicUrl}/oauth/token`,
          revocation_endpoint: `${publicUrl}/oauth/revoke`,
          token_endpoint_auth_methods_supported: ['none'],
          revocation_endpoint_auth_methods_supported: ['none'],
          grant_types_supported: [deviceGrantType],
          response_types_supported: [],
          scopes_supported: [...scopeNames],
        },
        200,
      ),
    )
}
