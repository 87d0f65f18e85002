/** Answers, all with the same guards around them. */
import type { ServerResponse } from 'node:http'
import type { Problem } from './wire.ts'

interface Answer {
  readonly status?: number
  readonly type: string
  readonly body: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends one answer. */
export function respond(response: ServerResponse, { status = 200, type, body, headers = {} }: Answer): void {
  // A development server lets other sites of this machine read what it serves; not this.
  for (const name of response.getHeaderNames()) if (name.startsWith('access-control-')) response.removeHeader(name)
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    ...headers,
  })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

/** Sends a value as JSON. */
export function respondJson(response: ServerResponse, value: object, status = 200): void {
  respond(response, { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) })
}

/** Sends why not. */
export function respondProblem(response: ServerResponse, status: number, error: string): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const problem: Problem = { error }
  respondJson(response, problem, status)
}
