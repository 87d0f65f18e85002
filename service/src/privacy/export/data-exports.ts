/** Exports of everything about a person: asked for, packed by a job, fetched, gone after some days. */
import { resolve } from 'node:path'
import type { DataExport } from '@hero-image/client/contract'
import type { Db } from '../../database/open.ts'
import type { DataExportState } from '../../database/tables/privacy.ts'
import { insertFile } from '../../files/insert-file.ts'
import { dropObject, putObject, type StoredObject } from '../../files/put-object.ts'
import { ProblemError } from '../../http/problem.ts'
import { newId, toWireId } from '../../keys/uuid.ts'
import { postMail } from '../../mail/outbox.ts'
import type { Job } from '../../queue/queue.ts'
import type { Service } from '../../service.ts'
import { retained } from '../retention/lifetimes.ts'
import { packPerson } from './pack.ts'

/** Exports that a person may ask for in a day. */
const mostPerDay = 3

/** An export with the facts of its file. */
export interface DataExportRow {
  readonly id: string
  readonly state: DataExportState
  readonly created_at: Date
  readonly bytes: number | null
  readonly sha256: Buffer | null
}

/**
 * Asks for an export.
 *
 * @throws ProblemError conflict while one is being packed; limit-reached
 */
export async function askForExport({ queue, clock }: Service, trx: Db, userId: string): Promise<DataExport> {
  const now = clock.now()
  // Two at once: the second waits here.
  await trx.selectFrom('user').select('id').where('id', '=', userId).forNoKeyUpdate().execute()
  const today = await trx
    .selectFrom('data_export')
    .select('state')
    .where('user_id', '=', userId)
    .where('created_at', '>', new Date(now.getTime() - 86_400_000))
    .execute()
  if (today.some(({ state }) => state === 'waiting')) {
    throw new ProblemError('conflict', { detail: 'An export is being packed already.' })
  }
  if (today.length >= mostPerDay) {
    throw new ProblemError('limit-reached', { detail: `At most ${mostPerDay} exports can be made in a day.` })
  }
  const row = { id: newId(), created_at: now }
  await trx
    .insertInto('data_export')
    .values({ ...row, user_id: userId, file_id: null, finished_at: null })
    .execute()
  await queue.send('data-export', { dataExportId: row.id }, { trx })
  return toDataExport({ ...row, state: 'waiting', bytes: null, sha256: null })
}

/** The job: packs an export. Done again after a crash, it packs anew; what was put before is removed by then. */
export async function packExport(
  service: Service,
  { data: { dataExportId }, isLast, signal }: Pick<Job<'data-export'>, 'data' | 'isLast' | 'signal'>,
): Promise<void> {
  const { db } = service
  const wish = await db
    .selectFrom('data_export')
    .innerJoin('user', 'user.id', 'user_id')
    .select(['user_id', 'data_export.created_at', 'email', 'name'])
    .where('data_export.id', '=', dataExportId)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  // Packed already, or about somebody who is gone.
  if (wish === undefined) return
  try {
    const folder = resolve(service.settings.HERO_DATA_DIR, 'outgoing')
    const packed = await packPerson(service, wish.user_id, folder, signal)
    const object = await putObject(service, packed, { mediaType: 'application/zip' }).finally(packed.close)
    const isKept = await keep(service, dataExportId, wish, object).catch(async (error: unknown) => {
      await dropObject(service, object)
      throw error
    })
    if (!isKept) await dropObject(service, object)
  } catch (error) {
    if (isLast) await markFailed(service, dataExportId)
    throw error
  }
}

interface Wish {
  readonly user_id: string
  readonly created_at: Date
  readonly email: string
  readonly name: string
}

/** False when nobody waits for it any more. */
async function keep(service: Service, id: string, wish: Wish, object: StoredObject): Promise<boolean> {
  const at = service.clock.now()
  return service.db.transaction().execute(async (trx) => {
    const waiting = await trx
      .updateTable('data_export')
      .set({ state: 'ready', finished_at: at })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .returning('id')
      .executeTakeFirst()
    if (waiting === undefined) return false
    const name = `hero-image-${wish.created_at.toISOString().slice(0, 10)}.zip`
    const file = await insertFile(trx, { object, userId: wish.user_id, kind: 'data_export', name, at })
    await trx.updateTable('data_export').set({ file_id: file.id }).where('id', '=', id).execute()
    await postMail(service, trx, toReadyMail(wish, service.publicUrl), wish.user_id)
    return true
  })
}

async function markFailed({ db, clock }: Service, id: string): Promise<void> {
  await db
    .updateTable('data_export')
    .set({ state: 'failed', finished_at: clock.now() })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute()
}

function toReadyMail({ email, name }: { readonly email: string; readonly name: string }, publicUrl: string) {
  const days = Math.round(retained['data-export'].ms / 86_400_000)
  return {
    to: email,
    subject: 'The export of your data is ready',
    text: `Hello ${name},\n\nyou can fetch it for ${days} days, signed in: ${publicUrl}/account\n`,
  }
}

/** An export on the wire. */
export function toDataExport({ id, state, created_at, bytes, sha256 }: DataExportRow): DataExport {
  return {
    id: toWireId('dataExport', id),
    state,
    bytes,
    sha256: sha256?.toString('hex') ?? null,
    created_at: created_at.toISOString(),
    expires_at: new Date(created_at.getTime() + retained['data-export'].ms).toISOString(),
  }
}
