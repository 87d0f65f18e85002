/** What happened in a project, written in the transaction in which it happens. The contract's table says what each event tells. */
import { type ProjectEventData, type ProjectEventType, projectEvents } from '@hero-image/client/contract'
import type { Db } from '../database/open.ts'
import { newId } from '../keys/uuid.ts'

/**
 * Adds an event to the history of a project.
 *
 * @param at when it happened, by the clock of the service
 */
export async function recordHistory<Type extends ProjectEventType>(
  trx: Db,
  projectId: string,
  type: Type,
  data: ProjectEventData<Type>,
  at: Date,
): Promise<void> {
  await trx
    .insertInto('project_event')
    .values({
      id: newId(),
      project_id: projectId,
      type,
      data: JSON.stringify(projectEvents[type].parse(data)),
      created_at: at,
    })
    .execute()
}
