/** Starts a generation: the credits, the row, the job and the first event come together, or not at all. */
import type { NewGeneration } from '@hero-image/client/contract'
import type { Insertable } from 'kysely'
import type { Db } from '../database/open.ts'
import { runPrepared } from '../database/prepared.ts'
import type { GenerationTable } from '../database/tables/generations.ts'
import { newId, toWireId } from '../keys/uuid.ts'
import { openWallet, reserve } from '../ledger/ledger.ts'
import { recordHistory } from '../projects/history.ts'
import { findProject } from '../projects/rows.ts'
import type { Service } from '../service.ts'
import { type Counts, checkLimits, selectCounts } from './limits.ts'
import { type Asking, understand } from './request.ts'
import { type GenerationRow, generationColumns } from './rows.ts'

/** Holds are given back after this time, ms, unless the generation is still under way. */
const holdFor = 3_600_000

/**
 * Starts.
 *
 * @param trx the transaction of the request
 * @throws ProblemError for what cannot be, what is too much, and what cannot be paid
 */
export async function createGeneration(
  trx: Db,
  { settings, clock, queue }: Pick<Service, 'settings' | 'clock' | 'queue'>,
  request: NewGeneration,
  asking: Asking,
): Promise<GenerationRow> {
  const { userId } = asking
  const at = clock.now()
  const understood = await understand(trx, request, asking, true)
  const { plan, credits, provider, capability, sourceId, maskId } = understood
  const project = request.project_id === undefined ? undefined : await findProject(trx, userId, request.project_id)
  const walletId = understood.walletId ?? (await openWallet(trx, userId))
  const id = newId()
  const hold =
    credits === 0
      ? undefined
      : await reserve(trx, {
          walletId,
          credits,
          key: `generation:${id}`,
          expiresAt: new Date(at.getTime() + holdFor),
          at,
          perDay: settings.HERO_CREDITS_PER_DAY,
          generationId: id,
        })
  // What is reserved has locked the wallet already.
  if (hold === undefined) await lockWallet(trx, walletId)
  const { row, counts } = await insertWithEvent(trx, {
    id,
    user_id: userId,
    project_id: project?.id ?? null,
    operation: request.operation,
    provider: provider.id,
    model: capability.model,
    prompt: request.prompt ?? null,
    plan: JSON.stringify(plan),
    source_id: sourceId,
    mask_id: maskId,
    price: credits,
    hold_id: hold?.holdId ?? null,
    event_count: 1,
    created_at: at,
  })
  checkLimits(settings, counts, at)
  if (row.project_id !== null) {
    const data = { generation_id: toWireId('generation', id), operation: row.operation }
    await recordHistory(trx, row.project_id, 'generation.started', data, at)
  }
  await queue.send('generation', { generationId: id }, { trx, id })
  return row
}

async function lockWallet(trx: Db, walletId: string): Promise<void> {
  await trx.selectFrom('wallet').select('id').where('id', '=', walletId).forUpdate().execute()
}

/** Writes the row and its first event down, and counts what was there before them: one statement, one round trip. */
async function insertWithEvent(
  trx: Db,
  values: Insertable<GenerationTable> & { readonly created_at: Date },
): Promise<{ readonly row: GenerationRow; readonly counts: Counts }> {
  const event = {
    generation_id: values.id,
    seq: 1,
    type: 'queued',
    state: 'queued',
    failure_code: null,
    created_at: values.created_at,
  } as const
  const [found] = await runPrepared(
    trx,
    trx
      .with('row', (insert) => insert.insertInto('generation').values(values).returning(generationColumns))
      .with('event', (insert) => insert.insertInto('generation_event').values(event))
      .selectFrom(['row', selectCounts(trx, { userId: values.user_id, at: values.created_at }).as('counts')])
      .select(generationColumns)
      .select(['counts.underWay', 'counts.wasted', 'counts.firstWasted'])
      .compile(),
  )
  if (found === undefined) throw new Error('The generation was not written.')
  const { underWay, wasted, firstWasted, ...row } = found
  return { row, counts: { underWay, wasted, firstWasted } }
}
