/** Pages of projects and of their history. */
import {
  type PageQuery,
  type projectEventPageSchema,
  projectEventSchema,
  type projectPageSchema,
  type projectQuerySchema,
} from '@hero-image/client/contract'
import type { z } from 'zod'
import { readCursor, toPage } from '../http/cursor.ts'
import { toWireId } from '../keys/uuid.ts'
import type { Service } from '../service.ts'
import { restorableFor, toProjectAnswer } from './rows.ts'

/** A page of somebody's projects. */
export async function listProjects(
  { db, secret, clock }: Pick<Service, 'db' | 'secret' | 'clock'>,
  userId: string,
  { limit, cursor, deleted }: z.output<typeof projectQuerySchema>,
): Promise<z.input<typeof projectPageSchema>> {
  const before = readCursor(secret, 'project', cursor)
  const rows = await db
    .selectFrom('project')
    .selectAll()
    .where('user_id', '=', userId)
    .$if(!deleted, (query) => query.where('deleted_at', 'is', null))
    .$if(deleted, (query) => query.where('deleted_at', '>', new Date(clock.now().getTime() - restorableFor)))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = toPage(secret, 'project', rows, limit)
  return { data: page.rows.map(toProjectAnswer), next_cursor: page.nextCursor }
}

/** A page of the history of a project. */
export async function listHistory(
  { db, secret }: Pick<Service, 'db' | 'secret'>,
  projectId: string,
  { limit, cursor }: PageQuery,
): Promise<z.input<typeof projectEventPageSchema>> {
  const before = readCursor(secret, 'event', cursor)
  const rows = await db
    .selectFrom('project_event')
    .select(['id', 'type', 'data', 'created_at'])
    .where('project_id', '=', projectId)
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = toPage(secret, 'event', rows, limit)
  return {
    data: page.rows.map(({ id, type, data, created_at }) =>
      projectEventSchema.parse({ id: toWireId('event', id), type, data, created_at: created_at.toISOString() }),
    ),
    next_cursor: page.nextCursor,
  }
}
