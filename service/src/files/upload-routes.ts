/** /v1/uploads. */
import {
  newUploadSchema,
  uploadPageSchema,
  uploadQuerySchema,
  uploadSchema,
  uploadTypes,
} from '@hero-image/client/contract'
import { createRoute } from '@hono/zod-openapi'
import { answers, empty, idParam, json } from '../http/answers.ts'
import type { Routes } from '../http/env.ts'
import { guard, guardOnce, idempotencyHeader, principalOf } from '../http/guard.ts'
import { createRoutes } from '../http/routes.ts'
import type { Service } from '../service.ts'
import { deleteUpload } from './delete-upload.ts'
import { fileAnswers } from './file-answers.ts'
import { sendFile } from './send-file.ts'
import { takeUpload } from './take-upload.ts'
import { createTurns } from './turns.ts'
import { findUpload, listUploads, toUpload } from './upload-rows.ts'

const tags = ['uploads']
const read = guard({ scope: 'projects:read' })

// Plain schemas, for the document alone: with ours the body would be read into memory to check it.
const bytes = { schema: { type: 'string', format: 'binary' } } as const
const text = { type: 'string' } as const
const form = {
  schema: {
    type: 'object' as const,
    required: ['file'],
    properties: { file: bytes.schema, kind: text, project_id: text, name: text },
  },
}

const create = createRoute({
  method: 'post',
  path: '/v1/uploads',
  operationId: 'createUpload',
  tags,
  summary: 'Send a picture',
  description:
    'The body is the file itself, or a form whose part `file` is. It is kept as it is sent, and given back only to whoever sent it, as an attachment.',
  ...guardOnce({ scope: 'projects:write' }),
  request: {
    headers: idempotencyHeader,
    query: newUploadSchema,
    body: {
      required: true,
      content: {
        ...Object.fromEntries([...uploadTypes, 'application/octet-stream'].map((type) => [type, bytes])),
        'multipart/form-data': form,
      },
    },
  },
  responses: answers({ 201: json(uploadSchema, 'The upload.') }),
})

const list = createRoute({
  method: 'get',
  path: '/v1/uploads',
  operationId: 'listUploads',
  tags,
  summary: 'List uploads, newest first',
  ...read,
  request: { query: uploadQuerySchema },
  responses: answers({ 200: json(uploadPageSchema, 'A page of uploads.') }),
})

const get = createRoute({
  method: 'get',
  path: '/v1/uploads/{id}',
  operationId: 'getUpload',
  tags,
  summary: 'Read what is known of an upload',
  ...read,
  request: { params: idParam },
  responses: answers({ 200: json(uploadSchema, 'The upload.') }),
})

const content = createRoute({
  method: 'get',
  path: '/v1/uploads/{id}/content',
  operationId: 'getUploadContent',
  tags,
  summary: 'Get the file of an upload, whole or in part',
  ...read,
  request: { params: idParam },
  responses: answers(fileAnswers(uploadTypes, 'The file as it was sent.')),
})

const remove = createRoute({
  method: 'delete',
  path: '/v1/uploads/{id}',
  operationId: 'deleteUpload',
  tags,
  summary: 'Delete an upload; its file goes after seven days',
  ...guard({ scope: 'projects:write' }),
  request: { params: idParam },
  responses: answers({ 204: empty('The upload is deleted.') }),
})

/** Routes of uploads. */
export function uploadRoutes(service: Service): Routes {
  const { db, secret, clock } = service
  const turns = createTurns()
  const routes = createRoutes()

  routes.openapi(create, async (c) => {
    const take = () => takeUpload(c, service, c.req.valid('query'))
    return c.json(await turns.take(principalOf(c).userId, take), 201)
  })

  routes.openapi(list, async (c) => {
    const { rows, nextCursor } = await listUploads({ db, secret }, principalOf(c).userId, c.req.valid('query'))
    return c.json({ data: rows.map(toUpload), next_cursor: nextCursor }, 200)
  })

  routes.openapi(get, async (c) => {
    const row = await findUpload(db, principalOf(c).userId, c.req.valid('param').id)
    return c.json(toUpload(row), 200)
  })

  routes.openapi(content, async (c) => {
    const row = await findUpload(db, principalOf(c).userId, c.req.valid('param').id)
    return sendFile(c, service, row)
  })

  routes.openapi(remove, async (c) => {
    const { userId } = principalOf(c)
    const { id } = c.req.valid('param')
    await db.transaction().execute((trx) => deleteUpload(trx, userId, id, clock.now()))
    return c.body(null, 204)
  })

  return routes
}
