/** The studio as one request handler: a page, what it asks for, and the one thing it may do. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isHeroError, parseSidecar, sidecarPath } from '@hero-image/core'
import { readJson } from './body.ts'
import { toCaller } from './caller.ts'
import { describePhoto } from './describe.ts'
import { toDocument } from './document.ts'
import { mayHaveToken, type Refusal, refuseRead, refuseWrite } from './guard.ts'
import { readPageFile } from './page-files.ts'
import { createPhotos, type Photo, type Photos } from './photos.ts'
import { drawPicture } from './picture.ts'
import type { StudioProject } from './project.ts'
import { Refused } from './refused.ts'
import { respond, respondJson, respondProblem } from './respond.ts'
import { readStored, saveStored } from './sidecar-file.ts'
import type { SaveAnswer } from './wire.ts'

/** Answers a request or hands it on. */
export type StudioHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

/** The handler for a project; its token lives as long as it does. */
export function createStudio(project: StudioProject): StudioHandler {
  const token = randomBytes(32).toString('base64url')
  const photos = createPhotos(project)
  return (request, response, next) => {
    const url = new URL(`http://localhost${request.url?.startsWith('/') ? request.url : '/'}`)
    if (url.pathname === project.base.slice(0, -1)) {
      respond(response, { status: 308, type: 'text/plain', body: '', headers: { location: project.base } })
      return
    }
    if (!url.pathname.startsWith(project.base)) {
      next()
      return
    }
    const route = url.pathname.slice(project.base.length)
    answer({ project, photos, token, request, response, route, wanted: url.searchParams.get('photo') ?? '' }).catch(
      (error: unknown) => {
        // Whoever sends too much is not listened to any longer.
        if (error instanceof Refused && error.status === 413) response.once('finish', () => request.destroy())
        respondProblem(response, toStatus(error), toReason(error))
        if (!(error instanceof Refused) && !isHeroError(error)) project.warn(`hero-image studio: ${String(error)}`)
      },
    )
  }
}

interface Asked {
  readonly project: StudioProject
  readonly photos: Photos
  readonly token: string
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Path below the page. */
  readonly route: string
  /** The photo that the page names. */
  readonly wanted: string
}

async function answer(asked: Asked): Promise<void> {
  const { project, request, response, route } = asked
  const caller = toCaller(request)
  enforce(refuseRead(caller, project.hostIsChecked))
  if (route === 'api/sidecar') {
    if (request.method !== 'PUT') throw new Refused(405, 'Only PUT.')
    enforce(refuseWrite(caller, asked.token))
    await save(asked)
    return
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refused(405, 'Only GET and HEAD.')
  switch (route) {
    case '': {
      const { html, policy } = toDocument(mayHaveToken(caller) ? asked.token : undefined)
      respond(response, {
        type: 'text/html; charset=utf-8',
        body: html,
        headers: { 'content-security-policy': policy },
      })
      return
    }
    case 'api/photos':
      respondJson(response, await asked.photos.list())
      return
    case 'api/photo':
      respondJson(response, await describePhoto(project, await demandPhoto(asked)))
      return
    case 'api/thumbnail':
    case 'api/picture': {
      const { file } = await demandPhoto(asked)
      const { bytes, type } = await drawPicture(project.engine, file, route.slice('api/'.length))
      // A drawing may contain scripts.
      const headers = { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox" }
      respond(response, { type, body: bytes, headers: { ...headers, 'cache-control': 'private, max-age=3600' } })
      return
    }
    default: {
      const file = await readPageFile(route)
      if (file === undefined) throw new Refused(404, 'There is nothing here.')
      respond(response, { type: file.type, body: file.bytes })
    }
  }
}

async function save(asked: Asked): Promise<void> {
  const { file } = await demandPhoto(asked)
  const body = await readJson(asked.request)
  if (!isSaveRequest(body)) throw new Refused(400, 'Expected { sidecar, version }.')
  const sidecar = parseSidecar(JSON.stringify(body.sidecar), sidecarPath(file))
  try {
    const stored: SaveAnswer = await saveStored(file, asked.project.engine.options.root, sidecar, body.version)
    respondJson(asked.response, stored)
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 409) throw error
    const current = await readStored(file).catch(() => undefined)
    respondJson(asked.response, { error: error.message, ...current }, 409)
  }
}

async function demandPhoto({ photos, wanted }: Asked): Promise<Photo> {
  const photo = await photos.find(wanted)
  if (photo === undefined) throw new Refused(404, 'This project uses no such photo.')
  return photo
}

function isSaveRequest(body: unknown): body is { readonly sidecar: object; readonly version: string } {
  return (
    typeof body === 'object' &&
    body !== null &&
    'sidecar' in body &&
    typeof body.sidecar === 'object' &&
    body.sidecar !== null &&
    'version' in body &&
    typeof body.version === 'string'
  )
}

function enforce(refusal: Refusal | undefined): void {
  if (refusal !== undefined) throw new Refused(refusal.status, refusal.reason)
}

function toStatus(error: unknown): number {
  if (error instanceof Refused) return error.status
  if (!isHeroError(error)) return 500
  return error.code === 'HERO_SOURCE_MISSING' ? 404 : error.code === 'HERO_OUTPUT_UNWRITABLE' ? 500 : 422
}

/** What is not meant for people may say more of this machine than they need to know. */
function toReason(error: unknown): string {
  if (error instanceof Refused) return error.message
  return isHeroError(error) ? `${error.reason} ${error.hint}` : 'The server failed; its log says why.'
}
