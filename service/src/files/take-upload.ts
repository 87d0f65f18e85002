/** Takes an upload: received, decoded, stored, and only then named by a row. Nothing is half done, and the same wish happens once. */
import { type NewUpload, newUploadSchema, type Upload, uploadSchema } from '@hero-image/client/contract'
import type { Context } from 'hono'
import type { Db } from '../database/open.ts'
import type { ServiceEnv } from '../http/env.ts'
import { principalOf } from '../http/guard.ts'
import { once } from '../http/once.ts'
import { ProblemError } from '../http/problem.ts'
import { toFieldErrors } from '../http/routes.ts'
import { toWireId } from '../keys/uuid.ts'
import { recordHistory } from '../projects/history.ts'
import { findProject } from '../projects/rows.ts'
import type { Service } from '../service.ts'
import { toFileName } from './disposition.ts'
import { insertFile } from './insert-file.ts'
import { dropObject, putObject, type StoredObject } from './put-object.ts'
import { lockFilesOf, requireRoom } from './quota.ts'
import type { ReceivedFile } from './receive.ts'
import { isForm, receiveBody, receiveForm } from './receive-body.ts'
import { toUpload } from './upload-rows.ts'

/** A file and what is said with it. */
interface Received {
  readonly file: ReceivedFile
  readonly said: NewUpload
}

/**
 * Takes the upload of a request.
 *
 * @param query what the address says; fields of a form say the same
 * @throws ProblemError
 */
export async function takeUpload(c: Context<ServiceEnv>, service: Service, query: NewUpload): Promise<Upload> {
  // Told before anything is sent for nothing.
  if (!c.req.header('idempotency-key')) throw new ProblemError('missing-idempotency-key')
  const { userId } = principalOf(c)
  await requireRoom(service.db, userId, 0, service.settings.HERO_STORED_MEGABYTES)
  const { file, said } = await receive(c, service.settings, query)
  try {
    if (said.project_id !== undefined) await findProject(service.db, userId, said.project_id)
    const { facts } = await service.decoder.run('inspect', [file], {}, userId)
    const object = await putObject(service, file, { mediaType: facts.mediaType })
    return await keep(c, service, said, object, facts)
  } finally {
    await file.close()
  }
}

async function receive(c: Context<ServiceEnv>, settings: Service['settings'], query: NewUpload): Promise<Received> {
  if (!isForm(c)) return { file: await receiveBody(c, settings), said: query }
  const { file, fileName, fields } = await receiveForm(c, settings)
  const said = newUploadSchema.safeParse({
    name: toFileName(fileName) ?? undefined,
    ...query,
    ...Object.fromEntries(fields),
  })
  if (said.success) return { file, said: said.data }
  await file.close()
  throw new ProblemError('invalid-fields', { errors: toFieldErrors('/', said.error.issues) })
}

async function keep(
  c: Context<ServiceEnv>,
  service: Service,
  said: NewUpload,
  object: StoredObject,
  size: { readonly width: number; readonly height: number },
): Promise<Upload> {
  const { userId } = principalOf(c)
  const wish = { ...said, sha256: object.sha256.toString('hex') }
  try {
    const { answer, isReplay } = await once(c, uploadSchema, wish, (trx) =>
      insertUpload(trx, service, userId, said, object, size),
    )
    // The first request has stored the same.
    if (isReplay) await dropObject(service, object)
    return answer
  } catch (error) {
    await dropObject(service, object)
    throw error
  }
}

async function insertUpload(
  trx: Db,
  { settings, clock }: Service,
  userId: string,
  { kind = 'source', project_id, name }: NewUpload,
  object: StoredObject,
  size: { readonly width: number; readonly height: number },
): Promise<Upload> {
  const at = clock.now()
  await lockFilesOf(trx, userId)
  await requireRoom(trx, userId, object.bytes, settings.HERO_STORED_MEGABYTES)
  const project = project_id === undefined ? undefined : await findProject(trx, userId, project_id, { lock: true })
  const row = await insertFile(trx, {
    object,
    userId,
    kind,
    projectId: project?.id ?? null,
    name: toFileName(name),
    ...size,
    at,
  })
  if (project !== undefined) {
    await recordHistory(trx, project.id, 'upload.added', { upload_id: toWireId('upload', row.id), name: row.name }, at)
  }
  return toUpload(row)
}
