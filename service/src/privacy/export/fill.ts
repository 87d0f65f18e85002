/** What is in an export, one entry after the other, so that one file is open at a time. */
import { createHash } from 'node:crypto'
import { Readable, Transform } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import type { DataExportManifest } from '@hero-image/client/contract'
import type { ZipFile } from 'yazl'
import type { Service } from '../../service.ts'
import { exportedTables, readRows, toLine } from './rows.ts'

/** What filling needs. */
export type FillParts = Pick<Service, 'db' | 'storage' | 'clock' | 'publicUrl' | 'log'>

/** What is stored about people and not in their export. */
const notIncluded = {
  'files/data_export': 'Earlier exports are listed, not packed into the next one.',
  secrets: 'Passwords, tokens and mails that wait are kept as hashes or sealed, and would help only a thief.',
  'keyed hashes': 'Counts against abuse and page views cannot be told to be yours.',
}

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'image/avif': '.avif',
  'application/zip': '.zip',
}

/**
 * Fills a ZIP and ends it.
 *
 * @throws Error when a file cannot be read; one that is lost is named in the manifest, since the others are wanted all the same
 */
export async function fillExport(zip: ZipFile, parts: FillParts, userId: string, signal: AbortSignal): Promise<void> {
  const { db, clock, publicUrl } = parts
  const mtime = clock.now()
  const manifest: DataExportManifest = {
    version: 1,
    service: publicUrl,
    created_at: mtime.toISOString(),
    tables: {},
    files: [],
    not_included: { ...notIncluded },
  }
  const add = async (path: string, content: Readable, compress: boolean): Promise<void> => {
    const hash = createHash('sha256')
    let bytes = 0
    const through = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk)
        bytes += chunk.length
        done(null, chunk)
      },
    })
    zip.addReadStream(through, path, { mtime, mode: 0o100600, compress })
    await Promise.all([pipeline(content, through, { signal }), finished(through)])
    manifest.files.push({ path, bytes, sha256: hash.digest('hex') })
  }

  const ids = await fileIds(parts, userId)
  for (const { name, rule } of exportedTables) {
    const rows = await readRows(db, name, rule, userId)
    manifest.tables[name] = { rows: rows.length, about: rule.about }
    await add(`tables/${name}.jsonl`, Readable.from(rows.map(toLine), { objectMode: false }), true)
  }
  for (const id of ids) {
    const file = await openFile(parts, id)
    // Pictures do not get smaller.
    if (file === 'lost') manifest.not_included[`files/${id}`] = 'It is not in storage, which is a mistake of ours.'
    else if (file !== undefined) await add(file.path, file.content, false)
  }
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`), 'manifest.json', { mtime, mode: 0o100600 })
  zip.end()
}

async function fileIds({ db }: FillParts, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('file')
    .select('id')
    .where('user_id', '=', userId)
    .where('kind', '!=', 'data_export')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Undefined when the file was deleted while we packed. */
async function openFile(
  { db, storage, log }: FillParts,
  id: string,
): Promise<{ readonly path: string; readonly content: Readable } | 'lost' | undefined> {
  const find = db.selectFrom('file').select(['kind', 'media_type', 'storage_key']).where('id', '=', id)
  const file = await find.executeTakeFirst()
  if (file === undefined) return undefined
  const content = await storage.get(file.storage_key)
  if (content !== undefined) {
    return { path: `files/${file.kind}/${id}${endings[file.media_type] ?? ''}`, content }
  }
  if ((await find.executeTakeFirst()) === undefined) return undefined
  log.error({ fileId: id }, 'the object of a file is not in storage')
  return 'lost'
}
