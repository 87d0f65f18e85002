/** /v1/exports. */
import { exportPageSchema, exportQuerySchema, exportSchema, newExportSchema } from '@hero-image/client/contract'
import { createRoute } from '@hono/zod-openapi'
import type { Db } from '../database/open.ts'
import { fileAnswers } from '../files/file-answers.ts'
import { forgetFiles } from '../files/forget-files.ts'
import { sendFile } from '../files/send-file.ts'
import { answers, empty, idParam, json, jsonBody } from '../http/answers.ts'
import { readCursor, toPage } from '../http/cursor.ts'
import type { Routes } from '../http/env.ts'
import { guard, guardOnce, hasScope, idempotencyHeader, principalOf, requireScope } from '../http/guard.ts'
import { once } from '../http/once.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { createRoutes } from '../http/routes.ts'
import { fromWireId, toWireId } from '../keys/uuid.ts'
import { recordHistory } from '../projects/history.ts'
import type { JobHandlers } from '../queue/queue.ts'
import type { Service } from '../service.ts'
import { askForExport } from './ask.ts'
import { giveUpExport, performExport } from './perform.ts'
import { exportsOf, findExport, hasGenerated, toExportAnswer } from './rows.ts'
import { sweepExports } from './sweep.ts'

const tags = ['exports']
const read = guard({ scope: 'projects:read' })

const create = createRoute({
  method: 'post',
  path: '/v1/exports',
  operationId: 'createExport',
  tags,
  summary: 'Export a project as a ZIP or as code, free of charge',
  description:
    'A ZIP has, under `generated/`, what AI generations of the project have made, as long as it is stored. With a token that needs the scope generations:read: without it the ZIP is made without them.',
  ...guardOnce({ scope: 'projects:write' }),
  request: { headers: idempotencyHeader, body: jsonBody(newExportSchema) },
  responses: answers({ 202: json(exportSchema, 'The export, which is being made.') }),
})

const list = createRoute({
  method: 'get',
  path: '/v1/exports',
  operationId: 'listExports',
  tags,
  summary: 'List exports, newest first',
  ...read,
  request: { query: exportQuerySchema },
  responses: answers({ 200: json(exportPageSchema, 'A page of exports.') }),
})

const get = createRoute({
  method: 'get',
  path: '/v1/exports/{id}',
  operationId: 'getExport',
  tags,
  summary: 'Read an export',
  ...read,
  request: { params: idParam },
  responses: answers({ 200: json(exportSchema, 'The export.') }),
})

const content = createRoute({
  method: 'get',
  path: '/v1/exports/{id}/content',
  operationId: 'getExportContent',
  tags,
  summary: 'Fetch the ZIP or the code',
  description: 'A ZIP with pictures of generations is given to tokens only with the scope generations:read, too.',
  ...read,
  request: { params: idParam },
  responses: answers(fileAnswers(['application/zip', 'application/octet-stream'], 'The content.')),
})

const remove = createRoute({
  method: 'delete',
  path: '/v1/exports/{id}',
  operationId: 'deleteExport',
  tags,
  summary: 'Delete an export with its content; one that is being made comes to nothing',
  ...guard({ scope: 'projects:write' }),
  request: { params: idParam },
  responses: answers({ 204: empty('The export is deleted.') }),
})

/** Routes of exports. */
export function exportRoutes(service: Service): Routes {
  const { db, secret, clock } = service
  const routes = createRoutes()

  routes.openapi(create, async (c) => {
    const wish = c.req.valid('json')
    const principal = principalOf(c)
    const asking = { userId: principal.userId, mayReadGenerations: hasScope(principal, 'generations:read') }
    const { answer } = await once(c, exportSchema, wish, (trx) => askForExport(service, trx, asking, wish))
    return c.json(answer, 202)
  })

  routes.openapi(list, async (c) => {
    const { limit, cursor, project_id: project } = c.req.valid('query')
    const before = readCursor(secret, 'export', cursor)
    const projectId = project === undefined ? undefined : fromWireId('project', project)
    const rows = await exportsOf(db, principalOf(c).userId)
      .$if(before !== undefined, (query) => query.where('export.id', '<', before ?? ''))
      .$if(projectId !== undefined, (query) => query.where('export.project_id', '=', projectId ?? ''))
      .orderBy('export.id', 'desc')
      .limit(limit + 1)
      .execute()
    const page = toPage(secret, 'export', rows, limit)
    return c.json({ data: page.rows.map(toExportAnswer), next_cursor: page.nextCursor }, 200)
  })

  routes.openapi(get, async (c) =>
    c.json(toExportAnswer(await findExport(db, principalOf(c).userId, c.req.valid('param').id)), 200),
  )

  routes.openapi(content, async (c) => {
    const principal = principalOf(c)
    const { id, state, file_id: fileId } = await findExport(db, principal.userId, c.req.valid('param').id)
    // Who could not fetch a picture from its generation does not get it here.
    if (await hasGenerated(db, id)) requireScope(principal, 'generations:read')
    if (state !== 'succeeded') throw new ProblemError('conflict', { detail: `The export is ${state}.` })
    const file = await db
      .selectFrom('file')
      .select(['storage_key', 'sha256', 'bytes', 'media_type', 'name'])
      .where('id', '=', fileId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    // Its time is over.
    if (file === undefined) throw notFound()
    return sendFile(c, service, file)
  })

  routes.openapi(remove, async (c) => {
    const { userId } = principalOf(c)
    const { id } = c.req.valid('param')
    await db.transaction().execute((trx) => deleteExport(trx, userId, id, clock.now()))
    return c.body(null, 204)
  })

  return routes
}

async function deleteExport(trx: Db, userId: string, wireId: string, at: Date): Promise<void> {
  const { id, project_id, kind } = await findExport(trx, userId, wireId)
  // Its content may have come only now; who asked at the same time finds nothing.
  const gone = await trx.deleteFrom('export').where('id', '=', id).returning('file_id').executeTakeFirst()
  if (gone === undefined) throw notFound()
  if (gone.file_id !== null) await forgetFiles(trx, [gone.file_id])
  await recordHistory(trx, project_id, 'export.deleted', { export_id: toWireId('export', id), kind }, at)
}

/** Jobs of exports. */
export function exportJobs(service: Service): JobHandlers {
  return {
    export: (job) => performExport(service, job),
    'export-lost': ({ data }) => giveUpExport(service, data.exportId),
    async 'sweep-exports'() {
      await sweepExports(service)
    },
  }
}
