/** /v1/projects. */
import {
  newProjectSchema,
  pageQuerySchema,
  projectChangeSchema,
  projectEventPageSchema,
  projectPageSchema,
  projectQuerySchema,
  projectSchema,
} from '@hero-image/client/contract'
import { createRoute } from '@hono/zod-openapi'
import { answers, empty, idParam, json, jsonBody } from '../http/answers.ts'
import type { Routes } from '../http/env.ts'
import { guard, guardOnce, idempotencyHeader, principalOf } from '../http/guard.ts'
import { once } from '../http/once.ts'
import { createRoutes } from '../http/routes.ts'
import type { Service } from '../service.ts'
import { changeProject, createProject, deleteProject, restoreProject } from './change.ts'
import { listHistory, listProjects } from './list.ts'
import { requireProjectRoom } from './room.ts'
import { findProject, toProjectAnswer } from './rows.ts'
import { etagHeader, ifMatchHeader, toEtag } from './version.ts'

const tags = ['projects']
const read = guard({ scope: 'projects:read' })
const write = guard({ scope: 'projects:write' })
const project = { ...json(projectSchema, 'The project.'), headers: etagHeader }

const create = createRoute({
  method: 'post',
  path: '/v1/projects',
  operationId: 'createProject',
  tags,
  summary: 'Make a project',
  ...guardOnce({ scope: 'projects:write' }),
  request: { headers: idempotencyHeader, body: jsonBody(newProjectSchema) },
  responses: answers({ 201: project }),
})

const list = createRoute({
  method: 'get',
  path: '/v1/projects',
  operationId: 'listProjects',
  tags,
  summary: 'List projects, newest first',
  ...read,
  request: { query: projectQuerySchema },
  responses: answers({ 200: json(projectPageSchema, 'A page of projects.') }),
})

const get = createRoute({
  method: 'get',
  path: '/v1/projects/{id}',
  operationId: 'getProject',
  tags,
  summary: 'Read a project',
  ...read,
  request: { params: idParam },
  responses: answers({ 200: project }),
})

const change = createRoute({
  method: 'patch',
  path: '/v1/projects/{id}',
  operationId: 'changeProject',
  tags,
  summary: 'Rename a project or replace its export settings',
  ...write,
  request: { params: idParam, headers: ifMatchHeader, body: jsonBody(projectChangeSchema) },
  responses: answers({ 200: project }),
})

const remove = createRoute({
  method: 'delete',
  path: '/v1/projects/{id}',
  operationId: 'deleteProject',
  tags,
  summary: 'Delete a project with its files; it can be restored for seven days',
  ...write,
  request: { params: idParam },
  responses: answers({ 204: empty('The project is deleted.') }),
})

const restore = createRoute({
  method: 'post',
  path: '/v1/projects/{id}/restore',
  operationId: 'restoreProject',
  tags,
  summary: 'Take the deletion of a project back',
  ...write,
  request: { params: idParam },
  responses: answers({ 200: project }),
})

const history = createRoute({
  method: 'get',
  path: '/v1/projects/{id}/history',
  operationId: 'listProjectHistory',
  tags,
  summary: 'List what happened in a project, newest first',
  ...read,
  request: { params: idParam, query: pageQuerySchema },
  responses: answers({ 200: json(projectEventPageSchema, 'A page of events.') }),
})

/** Routes of projects. */
export function projectRoutes({ db, secret, clock }: Service): Routes {
  const routes = createRoutes()

  routes.openapi(create, async (c) => {
    const wish = c.req.valid('json')
    const { userId } = principalOf(c)
    const { answer } = await once(c, projectSchema, wish, async (trx) => {
      await requireProjectRoom({ secret, clock }, trx, userId)
      return toProjectAnswer(await createProject(trx, userId, wish, clock.now()))
    })
    return c.json(answer, 201, { ETag: toEtag(answer.version) })
  })

  routes.openapi(list, async (c) =>
    c.json(await listProjects({ db, secret, clock }, principalOf(c).userId, c.req.valid('query')), 200),
  )

  routes.openapi(get, async (c) => {
    const row = await findProject(db, principalOf(c).userId, c.req.valid('param').id)
    return c.json(toProjectAnswer(row), 200, { ETag: toEtag(row.version) })
  })

  routes.openapi(change, async (c) => {
    const { userId } = principalOf(c)
    const { id } = c.req.valid('param')
    const ifMatch = c.req.valid('header')['if-match']
    const row = await db
      .transaction()
      .execute((trx) => changeProject(trx, userId, id, ifMatch, c.req.valid('json'), clock.now()))
    return c.json(toProjectAnswer(row), 200, { ETag: toEtag(row.version) })
  })

  routes.openapi(remove, async (c) => {
    const { userId } = principalOf(c)
    const { id } = c.req.valid('param')
    await db.transaction().execute((trx) => deleteProject(trx, userId, id, clock.now()))
    return c.body(null, 204)
  })

  routes.openapi(restore, async (c) => {
    const { userId } = principalOf(c)
    const { id } = c.req.valid('param')
    const row = await db.transaction().execute((trx) => restoreProject(trx, userId, id, clock.now()))
    return c.json(toProjectAnswer(row), 200, { ETag: toEtag(row.version) })
  })

  routes.openapi(history, async (c) => {
    const { id } = await findProject(db, principalOf(c).userId, c.req.valid('param').id)
    return c.json(await listHistory({ db, secret }, id, c.req.valid('query')), 200)
  })

  return routes
}
