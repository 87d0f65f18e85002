/** The picture of a person: square, small, drawn anew, so that it may be shown. */
import type { Db } from '../database/open.ts'
import { notFound } from '../http/problem.ts'
import type { Service } from '../service.ts'
import { type FileRow, insertFile } from './insert-file.ts'
import { dropObject, putObject } from './put-object.ts'
import { lockFilesOf } from './quota.ts'
import type { ReceivedFile } from './receive.ts'

/** Side in pixels: twice what pages show. */
const side = 256
const drawing = { format: 'webp', fit: 'cover', width: side, height: side, quality: 82 } as const

/** Replaces the picture of a person. @throws ProblemError undecodable-image, unavailable */
export async function setAvatar(service: Service, userId: string, file: ReceivedFile): Promise<void> {
  const { bytes, facts } = await service.decoder.run('reencode', [file], drawing, userId)
  const object = await putObject(service, bytes, { mediaType: facts.mediaType })
  try {
    await service.db.transaction().execute(async (trx) => {
      await lockFilesOf(trx, userId)
      await removeAvatar(trx, userId)
      const { width, height } = facts
      await insertFile(trx, { object, userId, kind: 'avatar', width, height, at: service.clock.now() })
    })
  } catch (error) {
    await dropObject(service, object)
    throw error
  }
}

/** Removes the picture of a person at once; none is fine. */
export async function removeAvatar(trx: Db, userId: string): Promise<void> {
  await trx.deleteFrom('file').where('user_id', '=', userId).where('kind', '=', 'avatar').execute()
}

/** The picture of a person. @throws ProblemError not-found */
export async function findAvatar(db: Db, userId: string): Promise<FileRow> {
  const row = await db
    .selectFrom('file')
    .selectAll()
    .where('user_id', '=', userId)
    .where('kind', '=', 'avatar')
    .where('deleted_at', 'is', null)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}
