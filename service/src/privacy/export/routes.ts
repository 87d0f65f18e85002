/** Routes of exports of everything about a person. Never with a token: a program that may read projects must not take all of a person with it. */
import { dataExportPageSchema, dataExportSchema, pageQuerySchema } from '@hero-image/client/contract'
import { createRoute } from '@hono/zod-openapi'
import { recordAudit } from '../../accounts/audit.ts'
import { fileAnswers } from '../../files/file-answers.ts'
import { sendFile } from '../../files/send-file.ts'
import { answers, idParam, json } from '../../http/answers.ts'
import { readCursor, toPage } from '../../http/cursor.ts'
import type { Routes } from '../../http/env.ts'
import { guard, guardOnce, idempotencyHeader, principalOf } from '../../http/guard.ts'
import { once } from '../../http/once.ts'
import { notFound } from '../../http/problem.ts'
import { createRoutes } from '../../http/routes.ts'
import { fromWireId } from '../../keys/uuid.ts'
import type { Service } from '../../service.ts'
import { askForExport, toDataExport } from './data-exports.ts'

const tags = ['Privacy']

const create = createRoute({
  method: 'post',
  path: '/v1/me/export',
  operationId: 'createDataExport',
  tags,
  summary: 'Ask for an export of everything about you',
  ...guardOnce({ session: 'any' }),
  request: { headers: idempotencyHeader },
  responses: answers({ 202: json(dataExportSchema, 'It is being packed; a mail says when it is ready.') }),
})

const list = createRoute({
  method: 'get',
  path: '/v1/me/export',
  operationId: 'listDataExports',
  tags,
  summary: 'List your exports',
  ...guard({ session: 'any' }),
  request: { query: pageQuerySchema },
  responses: answers({ 200: json(dataExportPageSchema, 'Exports, newest first.') }),
})

const content = createRoute({
  method: 'get',
  path: '/v1/me/export/{id}/content',
  operationId: 'getDataExportContent',
  tags,
  summary: 'Fetch an export',
  ...guard({ session: 'any' }),
  request: { params: idParam },
  responses: answers(fileAnswers(['application/zip'], 'The ZIP, whole or in part.')),
})

/** Routes of exports. */
export function dataExportRoutes(service: Service): Routes {
  const { db, secret } = service
  return createRoutes()
    .openapi(create, async (c) => {
      const { userId } = principalOf(c)
      const { answer } = await once(c, dataExportSchema, {}, async (trx) => {
        const made = await askForExport(service, trx, userId)
        await recordAudit(trx, {
          userId,
          action: 'data-exported',
          target: made.id,
          address: c.get('address'),
          at: service.clock.now(),
        })
        return made
      })
      return c.json(answer, 202)
    })
    .openapi(list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const after = readCursor(secret, 'dataExport', cursor)
      let query = db
        .selectFrom('data_export')
        .leftJoin('file', 'file.id', 'file_id')
        .select(['data_export.id', 'state', 'data_export.created_at', 'bytes', 'sha256'])
        .where('data_export.user_id', '=', principalOf(c).userId)
      if (after !== undefined) query = query.where('data_export.id', '<', after)
      const rows = await query
        .orderBy('data_export.id', 'desc')
        .limit(limit + 1)
        .execute()
      const page = toPage(secret, 'dataExport', rows, limit)
      return c.json({ data: page.rows.map(toDataExport), next_cursor: page.nextCursor }, 200)
    })
    .openapi(content, async (c) => {
      const id = fromWireId('dataExport', c.req.valid('param').id)
      if (id === undefined) throw notFound()
      const file = await db
        .selectFrom('data_export')
        .innerJoin('file', 'file.id', 'file_id')
        .select(['file.storage_key', 'file.sha256', 'file.bytes', 'file.media_type', 'file.name'])
        .where('data_export.id', '=', id)
        .where('data_export.user_id', '=', principalOf(c).userId)
        .where('file.deleted_at', 'is', null)
        .executeTakeFirst()
      if (file === undefined) throw notFound()
      return sendFile(c, service, file)
    })
}
