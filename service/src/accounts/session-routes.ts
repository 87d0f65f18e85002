/** Where a person is signed in, and how one ends it. */

import { pageQuerySchema, type Session, sessionPageSchema } from '@hero-image/client/contract'
import { createRoute } from '@hono/zod-openapi'
import Bowser from 'bowser'
import type { Selectable } from 'kysely'
import type { SessionTable } from '../database/tables/accounts.ts'
import { answers, empty, idParam, json } from '../http/answers.ts'
import { readCursor, toPage } from '../http/cursor.ts'
import type { Routes } from '../http/env.ts'
import { guard, principalOf } from '../http/guard.ts'
import { notFound } from '../http/problem.ts'
import { createRoutes } from '../http/routes.ts'
import { fromWireId, toWireId } from '../keys/uuid.ts'
import type { Service } from '../service.ts'
import { recordAudit } from './audit.ts'

const tags = ['account']

const list = createRoute({
  method: 'get',
  path: '/v1/sessions',
  operationId: 'listSessions',
  tags,
  summary: 'Where one is signed in',
  ...guard({ session: 'any' }),
  request: { query: pageQuerySchema },
  responses: answers({ 200: json(sessionPageSchema, 'Sessions, newest first.') }),
})

const end = createRoute({
  method: 'delete',
  path: '/v1/sessions/{id}',
  operationId: 'endSession',
  tags,
  summary: 'End a session',
  ...guard({ session: 'any' }),
  request: { params: idParam },
  responses: answers({ 204: empty('Ended, from the next request on.') }),
})

/** The routes. */
export function sessionRoutes({ db, secret, clock }: Service): Routes {
  return createRoutes()
    .openapi(list, async (c) => {
      const principal = principalOf(c)
      const { limit, cursor } = c.req.valid('query')
      const after = readCursor(secret, 'session', cursor)
      const rows = await db
        .selectFrom('session')
        .selectAll()
        .where('userId', '=', principal.userId)
        .where('expiresAt', '>', clock.now())
        .$if(after !== undefined, (query) => query.where('id', '<', after ?? ''))
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      const page = toPage(secret, 'session', rows, limit)
      const current = principal.via === 'session' ? principal.sessionId : undefined
      return c.json({ data: page.rows.map((row) => toSession(row, current)), next_cursor: page.nextCursor }, 200)
    })
    .openapi(end, async (c) => {
      const { userId } = principalOf(c)
      const id = fromWireId('session', c.req.valid('param').id)
      if (id === undefined) throw notFound()
      await db.transaction().execute(async (trx) => {
        const ended = await trx
          .deleteFrom('session')
          .where('id', '=', id)
          .where('userId', '=', userId)
          .returning('id')
          .executeTakeFirst()
        if (ended === undefined) throw notFound()
        await recordAudit(trx, {
          userId,
          action: 'session-revoked',
          target: id,
          address: c.get('address'),
          at: clock.now(),
        })
      })
      return c.body(null, 204)
    })
}

function toSession(row: Selectable<SessionTable>, current: string | undefined): Session {
  return {
    id: toWireId('session', row.id),
    is_current: row.id === current,
    browser: nameBrowser(row.userAgent),
    address_block: row.ipAddress,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
  }
}

function nameBrowser(agent: string | null): string | null {
  if (agent === null || agent === '') return null
  const { browser, os } = Bowser.parse(agent)
  if (browser.name === undefined || browser.name === '') return null
  return os.name === undefined ? browser.name : `${browser.name} on ${os.name}`
}
