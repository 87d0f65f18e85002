/** What AI generations of a project have made, as far as it is still stored: it goes with the project as it is. Pictures of others are never looked at. */
import type { GenerationOperation } from '@hero-image/client/contract'
import type { Db } from '../database/open.ts'
import { toWireId } from '../keys/uuid.ts'
import { endingOf } from './photo-names.ts'

/** A picture that a generation has made. */
export interface GeneratedPicture {
  /** Of the generation. */
  readonly id: string
  readonly operation: GenerationOperation
  readonly provider: string
  readonly model: string
  readonly prompt: string | null
  readonly created_at: Date
  readonly finished_at: Date | null
  readonly media_type: string
  readonly width: number | null
  readonly height: number | null
  readonly storage_key: string
  readonly sha256: Buffer
}

/** Whose pictures, and of which project. */
export interface GeneratedOf {
  readonly userId: string
  readonly projectId: string
}

/** Identifiers of generations with a picture, the oldest first. */
export async function findGenerated(db: Db, of: GeneratedOf, limit: number): Promise<string[]> {
  const rows = await stored(db, of).select('generation.id').orderBy('generation.id').limit(limit).execute()
  return rows.map(({ id }) => id)
}

/** Those of them whose pictures are still there. */
export async function readGenerated(db: Db, of: GeneratedOf, ids: readonly string[]): Promise<GeneratedPicture[]> {
  if (ids.length === 0) return []
  return stored(db, of)
    .select([
      'generation.id',
      'generation.operation',
      'generation.provider',
      'generation.model',
      'generation.prompt',
      'generation.created_at',
      'generation.finished_at',
      'file.media_type',
      'file.width',
      'file.height',
      'file.storage_key',
      'file.sha256',
    ])
    .where('generation.id', 'in', ids)
    .orderBy('generation.id')
    .execute()
}

function stored(db: Db, { userId, projectId }: GeneratedOf) {
  return db
    .selectFrom('generation')
    .innerJoin('file', 'file.id', 'generation.output_id')
    .where('generation.user_id', '=', userId)
    .where('generation.project_id', '=', projectId)
    .where('generation.state', '=', 'succeeded')
    .where('file.user_id', '=', userId)
    .where('file.kind', '=', 'output')
    .where('file.deleted_at', 'is', null)
}

/** Paths such as `generated/02-extend-9f3c21ab.png`: the number makes them differ and sorts them by time, and the end of the identifier leads to the generation. */
export function toGeneratedPaths(
  pictures: readonly Pick<GeneratedPicture, 'id' | 'operation' | 'media_type'>[],
): string[] {
  const digits = String(pictures.length).length
  return pictures.map(({ id, operation, media_type }, index) => {
    const number = String(index + 1).padStart(digits, '0')
    return `generated/${number}-${operation}-${id.slice(-8)}${endingOf(media_type)}`
  })
}

/** What the manifest tells of a picture: with the words, which are the person's own. */
export function toGeneratedEntry(path: string, picture: GeneratedPicture) {
  return {
    generation_id: toWireId('generation', picture.id),
    path,
    sha256: picture.sha256.toString('hex'),
    type: picture.media_type,
    width: picture.width,
    height: picture.height,
    operation: picture.operation,
    provider: picture.provider,
    model: picture.model,
    prompt: picture.prompt,
    created_at: (picture.finished_at ?? picture.created_at).toISOString(),
  }
}

/** An entry of the manifest. */
export type GeneratedEntry = ReturnType<typeof toGeneratedEntry>
