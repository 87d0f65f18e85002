/** The files of people that a generation works on, as streams from storage: they do not pass through this process whole. */
import type { StoredInput } from '../decode/decoder.ts'
import type { Service } from '../service.ts'
import type { SourceFiles } from './pictures/decode.ts'
import type { GenerationRow } from './rows.ts'
import { SourceMissing } from './stops.ts'

/**
 * Finds them.
 *
 * @throws SourceMissing
 */
export async function findSources(
  parts: Pick<Service, 'db' | 'storage'>,
  { operation, source_id, mask_id }: GenerationRow,
  wantsMask: boolean,
): Promise<SourceFiles> {
  if (operation === 'generate') return { source: undefined, mask: undefined }
  return {
    source: await findFile(parts, source_id),
    mask: wantsMask ? await findFile(parts, mask_id) : undefined,
  }
}

async function findFile({ db, storage }: Pick<Service, 'db' | 'storage'>, id: string | null): Promise<StoredInput> {
  const file =
    id === null
      ? undefined
      : await db
          .selectFrom('file')
          .select(['storage_key', 'bytes'])
          .where('id', '=', id)
          .where('deleted_at', 'is', null)
          .executeTakeFirst()
  if (file === undefined) throw new SourceMissing()
  return {
    bytes: file.bytes,
    async open() {
      const stored = await storage.get(file.storage_key)
      if (stored === undefined) throw new SourceMissing()
      return stored
    },
  }
}
