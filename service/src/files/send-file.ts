/** Sends a file of storage: whole, in part, or not at all when the client has it. Never as something that a browser would run. */
import type { Context } from 'hono'
import type { ServiceEnv } from '../http/env.ts'
import { principalOf } from '../http/guard.ts'
import { ProblemError } from '../http/problem.ts'
import type { Service } from '../service.ts'
import { readRange } from './byte-range.ts'
import { toDisposition } from './disposition.ts'
import type { FileRow } from './insert-file.ts'
import { openOutgoing } from './outgoing.ts'

/** What sending needs to know of a file. */
export type SendableFile = Pick<FileRow, 'storage_key' | 'sha256' | 'bytes' | 'media_type' | 'name'>

/** How a file is sent. */
export interface SendOptions {
  /** Only for pictures that we have drawn ourselves; everything else is an attachment. */
  readonly inline?: boolean
}

/** Types that no browser runs; everything else is sent as bytes without meaning. */
const harmlessTypes: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'application/zip']

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'application/zip': 'zip',
}

/**
 * Answers with a file: GET and HEAD, Range, If-Range, If-None-Match.
 *
 * @throws ProblemError range-not-satisfiable, too-many-requests
 */
export async function sendFile(
  c: Context<ServiceEnv>,
  { storage }: Pick<Service, 'storage'>,
  file: SendableFile,
  { inline = false }: SendOptions = {},
): Promise<Response> {
  const etag = `"${file.sha256.toString('hex')}"`
  const mediaType = harmlessTypes.includes(file.media_type) ? file.media_type : 'application/octet-stream'
  const headers = new Headers({
    'Content-Type': mediaType,
    'Content-Disposition': toDisposition(inline ? 'inline' : 'attachment', file.name ?? toName(mediaType)),
    'X-Content-Type-Options': 'nosniff',
    'Accept-Ranges': 'bytes',
    // Kept by the person's own browser only, which asks each time whether it still may.
    'Cache-Control': 'private, no-cache',
    Vary: 'Authorization, Cookie',
    ETag: etag,
  })
  if (matches(c.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  const ifRange = c.req.header('if-range')
  const range = ifRange === undefined || ifRange === etag ? readRange(c.req.header('range'), file.bytes) : undefined
  if (range === 'outside') {
    throw new ProblemError('range-not-satisfiable', { headers: { 'Content-Range': `bytes */${file.bytes}` } })
  }
  headers.set('Content-Length', String(range === undefined ? file.bytes : range.end - range.start + 1))
  if (range !== undefined) headers.set('Content-Range', `bytes ${range.start}-${range.end}/${file.bytes}`)
  const status = range === undefined ? 200 : 206
  if (c.req.method === 'HEAD') return new Response(null, { status, headers })
  const body = await openOutgoing(principalOf(c).userId, () => storage.get(file.storage_key, range))
  if (body === undefined) throw new Error('A file has no object in storage.')
  return new Response(body, { status, headers })
}

function matches(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((entry) => ['*', etag].includes(entry.trim().replace(/^W\//, '')))
}

function toName(mediaType: string): string {
  return `hero-image.${endings[mediaType] ?? 'bin'}`
}
