/** Pages of somebody's generations. */
import type { generationPageSchema, generationQuerySchema } from '@hero-image/client/contract'
import type { z } from 'zod'
import { readCursor, toPage } from '../http/cursor.ts'
import { invalidField } from '../http/problem.ts'
import { fromWireId } from '../keys/uuid.ts'
import type { Service } from '../service.ts'
import { selectGenerations, toGenerationAnswer } from './rows.ts'

/** A page. */
export async function listGenerations(
  { db, secret }: Pick<Service, 'db' | 'secret'>,
  userId: string,
  { limit, cursor, project_id, state }: z.output<typeof generationQuerySchema>,
): Promise<z.input<typeof generationPageSchema>> {
  const before = readCursor(secret, 'generation', cursor)
  const projectId = project_id === undefined ? undefined : fromWireId('project', project_id)
  if (project_id !== undefined && projectId === undefined) throw invalidField('?project_id', 'is no project.')
  const rows = await selectGenerations(db)
    .where('generation.user_id', '=', userId)
    .$if(before !== undefined, (query) => query.where('generation.id', '<', before ?? ''))
    .$if(projectId !== undefined, (query) => query.where('generation.project_id', '=', projectId ?? ''))
    .$if(state !== undefined, (query) => query.where('generation.state', '=', state ?? 'queued'))
    .orderBy('generation.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = toPage(secret, 'generation', rows, limit)
  return { data: page.rows.map(toGenerationAnswer), next_cursor: page.nextCursor }
}
