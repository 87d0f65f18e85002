/** Generations as rows and on the wire. */
import {
  type GenerationAnswer,
  type GenerationState,
  generationFailures,
  type plannedPictureSchema,
} from '@hero-image/client/contract'
import { toRelative } from '@hero-image/core/crop'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../database/open.ts'
import type { GenerationTable } from '../database/tables/generations.ts'
import { notFound } from '../http/problem.ts'
import { fromWireId, toWireId } from '../keys/uuid.ts'
import { type Plan, planSchema } from './plan.ts'

/** A generation as it is read. */
export type GenerationRow = Selectable<GenerationTable>

/** What is told of the file that was made. */
export interface OutputFacts {
  readonly output_width: number | null
  readonly output_height: number | null
  readonly output_bytes: number | null
  readonly output_type: string | null
}

/** States in which something is still to be done. */
export const unfinished = ['queued', 'running'] as const satisfies readonly GenerationState[]

/** All of a row, by name: see `runPrepared`. */
export const generationColumns = [
  'id',
  'user_id',
  'project_id',
  'operation',
  'provider',
  'model',
  'prompt',
  'plan',
  'source_id',
  'mask_id',
  'output_id',
  'state',
  'failure_code',
  'price',
  'spent',
  'hold_id',
  'attempt',
  'submitting_at',
  'provider_request_id',
  'provider_request',
  'submitted_at',
  'provider_cost_micros',
  'event_count',
  'created_at',
  'started_at',
  'finished_at',
] as const satisfies readonly (keyof GenerationTable)[]

/** True for states that never change again. */
export function isFinal(state: GenerationState): boolean {
  return state !== 'queued' && state !== 'running'
}

/** Generations with what is told of their files. */
export function selectGenerations(db: Db) {
  return db
    .selectFrom('generation')
    .leftJoin('file as output', (join) =>
      join.onRef('output.id', '=', 'generation.output_id').on('output.deleted_at', 'is', null),
    )
    .selectAll('generation')
    .select([
      'output.width as output_width',
      'output.height as output_height',
      'output.bytes as output_bytes',
      'output.media_type as output_type',
    ])
}

/**
 * A generation of somebody.
 *
 * @throws ProblemError not-found, also for those of others
 */
export async function findGeneration(db: Db, userId: string, wireId: string): Promise<GenerationRow & OutputFacts> {
  const id = fromWireId('generation', wireId)
  if (id === undefined) throw notFound()
  const row = await selectGenerations(db)
    .where('generation.id', '=', id)
    .where('generation.user_id', '=', userId)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

/** The plan of a generation; it was checked before it was written. */
export function readPlan({ plan }: Pick<GenerationRow, 'plan'>): Plan {
  return planSchema.parse(plan)
}

/** What a plan promises, on the wire. */
export function toPlannedPicture({ canvas, original, drawn }: Plan): z.input<typeof plannedPictureSchema> {
  return {
    ...canvas,
    original: original === null ? null : toRelative(canvas, original),
    drawn_width: drawn.size.width,
    drawn_height: drawn.size.height,
  }
}

const noOutput: OutputFacts = { output_width: null, output_height: null, output_bytes: null, output_type: null }

/** A generation on the wire. */
export function toGenerationAnswer(row: GenerationRow & Partial<OutputFacts>): GenerationAnswer {
  const id = toWireId('generation', row.id)
  const code = row.failure_code
  return {
    id,
    operation: row.operation,
    state: row.state,
    provider: row.provider,
    model: row.model,
    project_id: row.project_id === null ? null : toWireId('project', row.project_id),
    upload_id: row.source_id === null ? null : toWireId('upload', row.source_id),
    mask_upload_id: row.mask_id === null ? null : toWireId('upload', row.mask_id),
    prompt: row.prompt,
    credits: { reserved: row.price, spent: row.spent },
    picture: toPlannedPicture(readPlan(row)),
    output: toOutput(id, { ...noOutput, ...row }),
    failure: code === null ? null : { code, detail: generationFailures[code] },
    created_at: row.created_at.toISOString(),
    started_at: row.started_at?.toISOString() ?? null,
    finished_at: row.finished_at?.toISOString() ?? null,
  }
}

function toOutput(id: string, facts: OutputFacts): GenerationAnswer['output'] {
  const { output_width: width, output_height: height, output_bytes: bytes, output_type: media_type } = facts
  if (width === null || height === null || bytes === null || media_type === null) return null
  return { width, height, bytes, media_type, url: `/v1/generations/${id}/content` }
}
