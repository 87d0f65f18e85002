/**
 * API keys. They are made by people who are signed in, never by other tokens: whoever finds a token cannot make himself another that outlives it. A token is shown once:
 * also the stored answer to the request does not hold it, so a request that is repeated shows everything but the token.
 */
import {
  createdTokenSchema,
  createTokenSchema,
  isScope,
  pageQuerySchema,
  type Token,
  tokenPageSchema,
  tokenSchema,
} from '@hero-image/client/contract'
import { createRoute } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import { createTokenText, hashToken, toTokenPrefix } from '../auth/token-text.ts'
import type { AccessTokenTable } from '../database/tables/accounts.ts'
import { answers, empty, idParam, json, jsonBody } from '../http/answers.ts'
import { readCursor, toPage } from '../http/cursor.ts'
import type { Routes } from '../http/env.ts'
import { guard, guardOnce, idempotencyHeader, principalOf } from '../http/guard.ts'
import { once } from '../http/once.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { createRoutes } from '../http/routes.ts'
import { fromWireId, newId, toWireId } from '../keys/uuid.ts'
import type { Service } from '../service.ts'
import { recordAudit } from './audit.ts'

const tags = ['tokens']

/** Tokens that one account may have at once. */
const mostTokens = 100

const list = createRoute({
  method: 'get',
  path: '/v1/tokens',
  operationId: 'listTokens',
  tags,
  summary: 'Tokens that work',
  ...guard({ scope: 'account:read' }),
  request: { query: pageQuerySchema },
  responses: answers({ 200: json(tokenPageSchema, 'Tokens, newest first, without their secrets.') }),
})

const create = createRoute({
  method: 'post',
  path: '/v1/tokens',
  operationId: 'createToken',
  tags,
  summary: 'Make an API key',
  ...guardOnce({ session: 'any' }),
  request: { headers: idempotencyHeader, body: jsonBody(createTokenSchema) },
  responses: answers({ 201: json(createdTokenSchema, 'The token, shown this once.') }),
})

const revoke = createRoute({
  method: 'delete',
  path: '/v1/tokens/{id}',
  operationId: 'revokeToken',
  tags,
  summary: 'Revoke a token',
  ...guard({ session: 'any' }),
  request: { params: idParam },
  responses: answers({ 204: empty('Revoked, from the next request on.') }),
})

/** The routes. */
export function tokenRoutes({ db, secret, clock }: Service): Routes {
  return createRoutes()
    .openapi(list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const after = readCursor(secret, 'token', cursor)
      const rows = await db
        .selectFrom('access_token')
        .selectAll()
        .where('user_id', '=', principalOf(c).userId)
        .where('revoked_at', 'is', null)
        .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', clock.now())]))
        .$if(after !== undefined, (query) => query.where('id', '<', after ?? ''))
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      const page = toPage(secret, 'token', rows, limit)
      return c.json({ data: page.rows.map(toToken), next_cursor: page.nextCursor }, 200)
    })
    .openapi(create, async (c) => {
      const wish = c.req.valid('json')
      const { userId } = principalOf(c)
      const token = createTokenText()
      const { answer, isReplay } = await once(c, tokenSchema, wish, async (trx) => {
        const at = clock.now()
        // Held until the end, so that two at once cannot both be the last that fits.
        await trx.selectFrom('user').select('id').where('id', '=', userId).forUpdate().executeTakeFirstOrThrow()
        const { count } = await trx
          .selectFrom('access_token')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where('user_id', '=', userId)
          .where('revoked_at', 'is', null)
          .executeTakeFirstOrThrow()
        if (count >= mostTokens) {
          throw new ProblemError('limit-reached', { detail: `An account has up to ${mostTokens} tokens; revoke one.` })
        }
        const row = await trx
          .insertInto('access_token')
          .values({
            id: newId(),
            user_id: userId,
            kind: 'api_key',
            name: wish.name,
            prefix: toTokenPrefix(token),
            hash: hashToken(token),
            scopes: [...new Set(wish.scopes)],
            created_at: at,
            expires_at:
              wish.expires_in_days === undefined ? null : new Date(at.getTime() + wish.expires_in_days * 86_400_000),
          })
          .returningAll()
          .executeTakeFirstOrThrow()
        await recordAudit(trx, { userId, action: 'token-created', target: row.id, address: c.get('address'), at })
        return toToken(row)
      })
      return c.json({ ...answer, token: isReplay ? null : token }, 201)
    })
    .openapi(revoke, async (c) => {
      const { userId } = principalOf(c)
      const id = fromWireId('token', c.req.valid('param').id)
      if (id === undefined) throw notFound()
      await db.transaction().execute(async (trx) => {
        const at = clock.now()
        const revoked = await trx
          .updateTable('access_token')
          .set({ revoked_at: at })
          .where('id', '=', id)
          .where('user_id', '=', userId)
          .where('revoked_at', 'is', null)
          .returning('id')
          .executeTakeFirst()
        if (revoked === undefined) throw notFound()
        await recordAudit(trx, { userId, action: 'token-revoked', target: id, address: c.get('address'), at })
      })
      return c.body(null, 204)
    })
}

function toToken(row: Selectable<AccessTokenTable>): Token {
  return {
    id: toWireId('token', row.id),
    kind: row.kind,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes.filter(isScope),
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at?.toISOString() ?? null,
    last_used_on: row.last_used_on,
  }
}
