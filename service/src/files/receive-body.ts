/** Receives the body of a request: the file itself, or a form around it. */
import { resolve } from 'node:path'
import { uploadTypes } from '@hero-image/client/contract'
import type { Context } from 'hono'
import type { ServiceEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import type { Settings } from '../settings/read.ts'
import { readBody } from './body.ts'
import { type Form, readForm } from './multipart.ts'
import { type ReceivedFile, receiveFile, tooLarge } from './receive.ts'

type UploadSettings = Pick<Settings, 'HERO_DATA_DIR' | 'HERO_UPLOAD_MEGABYTES'>

/** A form has some words around its file. */
const wordBytes = 64 * 1024

/** True for a form. */
export function isForm(c: Context<ServiceEnv>): boolean {
  return /^multipart\/form-data\s*;/i.test(c.req.header('content-type') ?? '')
}

/**
 * Receives a body that is a file.
 *
 * @throws ProblemError unsupported-media-type, payload-too-large, request-timeout
 */
export async function receiveBody(c: Context<ServiceEnv>, settings: UploadSettings): Promise<ReceivedFile> {
  requireRawType(c.req.header('content-type') ?? '')
  const { chunks, receive } = prepare(c, settings, 0)
  return receive(chunks)
}

/**
 * Receives a form with a file.
 *
 * @throws ProblemError invalid-fields, payload-too-large, request-timeout
 */
export async function receiveForm(c: Context<ServiceEnv>, settings: UploadSettings): Promise<Form> {
  const { chunks, receive } = prepare(c, settings, wordBytes)
  return readForm(c.req.header('content-type') ?? '', chunks, receive)
}

function prepare(c: Context<ServiceEnv>, settings: UploadSettings, extraBytes: number) {
  const folder = resolve(settings.HERO_DATA_DIR, 'incoming')
  const maxBytes = settings.HERO_UPLOAD_MEGABYTES * 1_000_000
  if (Number(c.req.header('content-length') ?? 0) > maxBytes + extraBytes) throw tooLarge(maxBytes)
  const receive = (file: AsyncIterable<Uint8Array>): Promise<ReceivedFile> => receiveFile(file, { folder, maxBytes })
  return { chunks: atMost(readBody(c.req.raw.body), maxBytes + extraBytes, maxBytes), receive }
}

/** A form can have bytes that belong to none of its parts; nobody else counts those. */
async function* atMost(
  chunks: AsyncIterable<Uint8Array>,
  most: number,
  maxBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > most) throw tooLarge(maxBytes)
    yield chunk
  }
}

/** What it says is not believed, but a client that sends HTML or JSON is mistaken, and should hear so. */
function requireRawType(contentType: string): void {
  const essence = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  if ([...uploadTypes, 'application/octet-stream'].includes(essence)) return
  throw new ProblemError('unsupported-media-type', {
    detail: `Send ${uploadTypes.join(', ')} or application/octet-stream.`,
  })
}
