/** Draws pictures when the page asks for them. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Engine, HeroError, isHeroError, mimeTypes } from '@hero-image/core'
import { devPrefix, parseDevPath } from './url.ts'

/** What the middleware needs to know of its server. */
export interface DevPictures {
  readonly engine: Engine
  readonly key: Uint8Array
  /** The base of the site, with slashes at both ends. */
  readonly base: string
  /** Vite's own rule for files outside the project: `server.fs`. */
  isAllowed(file: string): boolean
  /** A picture that could not be drawn. */
  warn(message: string): void
}

type Next = (error?: unknown) => void

/**
 * Serves signed URLs only: no path and no size comes from the network. It runs after Vite's own host check, and follows `server.fs`.
 *
 * Answers `GET` and `HEAD` with the whole picture even if a range is asked for, which HTTP allows, and says so.
 */
export function createPictureMiddleware(
  pictures: DevPictures,
): (request: IncomingMessage, response: ServerResponse, next: Next) => void {
  const prefix = pictures.base + devPrefix
  return (request, response, next) => {
    const path = request.url?.replace(/[?#].*$/, '') ?? ''
    if (!path.startsWith(prefix)) {
      next()
      return
    }
    answer(request, response, path.slice(pictures.base.length), pictures).catch((error: unknown) => {
      pictures.warn(error instanceof Error ? error.message : String(error))
      refuse(
        response,
        isHeroError(error) && error.code === 'HERO_SOURCE_MISSING' ? 404 : 500,
        error instanceof Error ? error.message : 'failed',
      )
    })
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  pictures: DevPictures,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(response, 405, 'Only GET and HEAD.')
    return
  }
  const wanted = parseDevPath(path, pictures.key)
  if (wanted === undefined) {
    refuse(response, 403, 'This URL was not signed by this server.')
    return
  }
  if (!pictures.isAllowed(wanted.file)) {
    refuse(response, 403, `${wanted.file} is outside of server.fs.allow.`)
    return
  }
  const etag = `"${wanted.name}"`
  // The name is a hash of everything the bytes depend on.
  if (request.headers['if-none-match']?.split(/,\s*(?:W\/)?|^W\//).includes(etag) === true) {
    response.writeHead(304, { etag }).end()
    return
  }
  const plan = await pictures.engine.plan(wanted.file, wanted.query)
  const variant = plan.variants.find(({ name }) => name === wanted.name)
  if (variant === undefined) {
    throw new HeroError(
      'HERO_SOURCE_MISSING',
      `${wanted.name} belongs to an earlier version of this photo or its crops.`,
      {
        file: wanted.file,
        hint: 'Reload the page.',
      },
    )
  }
  const bytes = await pictures.engine.render(wanted.file, variant)
  response.writeHead(200, {
    'content-type': mimeTypes[variant.format],
    'content-length': bytes.length,
    'cache-control': 'no-cache',
    'accept-ranges': 'none',
    'x-content-type-options': 'nosniff',
    etag,
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response
    .writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    .end(`${reason}\n`)
}
