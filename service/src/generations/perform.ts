/** The job of a generation. It may be done more than once, by several processes, and be cut off anywhere: what counts happens in single transactions. */

import { sql } from 'kysely'
import { insertFile } from '../files/insert-file.ts'
import { dropObject, putObject } from '../files/put-object.ts'
import { ProblemError } from '../http/problem.ts'
import { ProviderFault } from '../providers/fault.ts'
import { costMicrosFor } from '../providers/price.ts'
import { type Capability, capabilityOf, type Provider } from '../providers/provider.ts'
import type { Job } from '../queue/queue.ts'
import type { Service } from '../service.ts'
import { askProvider } from './ask-provider.ts'
import { endGeneration, step } from './change.ts'
import { defaultPrompt } from './default-prompt.ts'
import { findDrawn, keepDrawn } from './drawn.ts'
import { outputType } from './output-type.ts'
import { extendLocally, finishPicture, preparePictures, type SourceFiles } from './pictures/decode.ts'
import type { Plan } from './plan.ts'
import { type GenerationRow, readPlan } from './rows.ts'
import { settleFault } from './settle-fault.ts'
import { findSources } from './sources.ts'
import { Interrupted, NotPossible } from './stops.ts'
import { watchGeneration } from './watch.ts'

/**
 * Makes the picture.
 *
 * @throws whatever another attempt may not meet
 */
export async function performGeneration(
  service: Service,
  providers: readonly Provider[],
  { data: { generationId: id }, isLast, signal }: Pick<Job<'generation'>, 'data' | 'isLast' | 'signal'>,
): Promise<void> {
  const { db, clock } = service
  const row = await db.transaction().execute((trx) => {
    const at = clock.now()
    const set = {
      state: 'running',
      attempt: sql<number>`attempt + 1`,
      started_at: sql<Date>`coalesce(started_at, ${at}::timestamptz)`,
    } as const
    return step(trx, { id, type: 'running', at, set })
  })
  // It has ended: canceled, or done by an attempt whose process died before it could say so.
  if (row === undefined) return
  const provider = providers.find((each) => each.id === row.provider)
  const capability = provider === undefined ? undefined : capabilityOf(provider, row.operation)
  const watch = watchGeneration(service, id, row.attempt, signal)
  try {
    // The operator has taken its key away.
    if (provider === undefined || capability === undefined) throw new ProviderFault('exhausted')
    await deliver(service, row, await draw(service, { row, provider, capability, signal: watch.signal }))
  } catch (error) {
    await settleFault(service, { row, capability, error, isLast, isUnwanted: watch.signal.aborted })
  } finally {
    watch.end()
  }
}

interface Work {
  readonly row: GenerationRow
  readonly provider: Provider
  readonly capability: Capability
  readonly signal: AbortSignal
}

async function draw(service: Service, { row, provider, capability, signal }: Work): Promise<Made> {
  const { decoder } = service
  const plan = readPlan(row)
  const files = await findSources(service, row, plan.masked)
  if (provider.drawing.kind === 'local') {
    if (files.source === undefined) throw new TypeError('The local provider works on a photo.')
    return { picture: await inOwnHouse(extendLocally(decoder, files.source, plan)), costMicros: 0 }
  }
  const earlier = await findDrawn(service, row.id, row.attempt)
  const drawn =
    earlier ??
    (await askProvider(service, {
      row,
      provider,
      signal,
      drawing: async () => ({
        operation: row.operation,
        model: row.model,
        prompt: row.prompt ?? defaultPrompt,
        size: plan.drawn.size,
        ...(await inOwnHouse(prepare(service, files, plan, capability))),
      }),
    }))
  if (earlier === undefined) await keep(service, row, provider, drawn)
  return {
    picture: await finishPicture(decoder, drawn, files, plan),
    costMicros: costMicrosFor(capability, plan.drawn.size),
  }
}

/**
 * Prepares the call. Whether a decoder has the memory to finish a large picture shows only when it does so: it is tried with what is sent in place of what is drawn,
 * before anybody is paid.
 */
async function prepare(
  { decoder, settings }: Service,
  files: SourceFiles,
  plan: Plan,
  capability: Capability,
): ReturnType<typeof preparePictures> {
  const prepared = await preparePictures(decoder, files, plan, capability)
  const { source, canvas } = plan
  if (source === null || prepared.picture === undefined || capability.gives !== 'canvas') return prepared
  // The photo with transparency, and the canvas before and after that is added to it.
  const bytes = source.width * source.height * 4 + canvas.width * canvas.height * 7
  if (bytes > settings.HERO_DECODER_MEGABYTES * 500_000) await finishPicture(decoder, prepared.picture, files, plan)
  return prepared
}

/** A picture that cannot be kept is lost with this attempt. One that has no ticket would be paid for a second time by the next, so there is none. */
async function keep(
  service: Service,
  { id, attempt }: GenerationRow,
  provider: Provider,
  drawn: Uint8Array,
): Promise<void> {
  try {
    await keepDrawn(service, id, attempt, drawn)
  } catch (error) {
    if (provider.drawing.kind === 'asynchronous') throw error
    service.log.error({ err: error, generation: id }, 'a picture that was drawn could not be kept')
    throw new Interrupted()
  }
}

interface Made {
  readonly picture: Uint8Array
  readonly costMicros: number
}

/** Uploads decoded once already: when a decoder refuses one of them now, it is us who cannot do it. */
async function inOwnHouse<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'undecodable-image') throw new NotPossible()
    throw error
  }
}

async function deliver(service: Service, row: GenerationRow, { picture, costMicros }: Made): Promise<void> {
  const { db, clock } = service
  const { canvas } = readPlan(row)
  const object = await putObject(service, picture, { mediaType: outputType })
  const ended = await db.transaction().execute(async (trx) => {
    const at = clock.now()
    // Locked first: whether there is to be a file is decided here.
    const current = await trx
      .selectFrom('generation')
      .select(['user_id', 'project_id'])
      .where('id', '=', row.id)
      .where('state', '=', 'running')
      .forUpdate()
      .executeTakeFirst()
    if (current === undefined) return undefined
    const file = await insertFile(trx, {
      object,
      userId: current.user_id,
      projectId: current.project_id,
      kind: 'output',
      ...canvas,
      at,
    })
    return endGeneration(trx, { id: row.id, state: 'succeeded', outputId: file.id, at, costMicros })
  })
  if (ended === undefined) await dropObject(service, object)
}
