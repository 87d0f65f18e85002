/** A Stripe of tests' own: a server on loopback with the few endpoints that we use, as strict as Stripe about what it is sent, with its idempotency and its bad days. */
import { createServer, type IncomingMessage } from 'node:http'
import Stripe from 'stripe'
import { listenOnLoopback } from './loopback.ts'
import { createStripeCreation, type Fault, type StripeAnswer, toError } from './stripe-create.ts'
import { createStripeEvents, type StripeEvent, toPage } from './stripe-events.ts'
import {
  change,
  type StripeChange,
  type StripeSession,
  toDispute,
  toPaymentObject,
  toRefund,
  toSessionObject,
} from './stripe-objects.ts'
import { type Refusal, refuseQuery } from './stripe-params.ts'

/** Secrets that the server knows. */
export const stripeKey = 'sk_test_only_for_tests'
export const webhookSecret = 'whsec_only_for_tests'

export interface StripeServer {
  readonly url: string
  readonly sessions: ReadonlyMap<string, StripeSession>
  /** Requests so far, as `METHOD path key`. */
  readonly requests: readonly string[]
  /** Requests that Stripe would not take: none, as long as the adapter is right. */
  readonly refusals: readonly Refusal[]
  /** What happens to the next requests that create something. */
  readonly faults: Fault[]
  /** Called before a session is read; the answer waits for it. */
  beforeRead: (() => Promise<void>) | undefined
  happen(ref: string, what: StripeChange): StripeEvent
  /** Tells that a payment was begun, which is none of our business. */
  begin(ref: string): StripeEvent
  /** Headers of a delivery. */
  sign(body: string, at: Date, secret?: string): Record<string, string>
  markDelivered(id: string): void
  /** Forgets all events, as Stripe does after a month. */
  forgetEvents(): void
  close(): Promise<void>
}

/** Starts a server. */
export async function startStripeServer(): Promise<StripeServer> {
  const requests: string[] = []
  const refusals: Refusal[] = []
  const { sessions, faults, create } = createStripeCreation((refusal) => refusals.push(refusal))
  const events = createStripeEvents()
  const { webhooks } = new Stripe(stripeKey)

  async function answer(request: IncomingMessage): Promise<StripeAnswer> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stripe.test')
    const { authorization, 'idempotency-key': key = '', 'stripe-version': version } = request.headers
    requests.push(`${request.method} ${pathname} ${key || '-'}`)
    if (authorization !== `Bearer ${stripeKey}`) return toError(401, 'invalid_request_error', 'api_key_invalid')
    if (version !== Stripe.API_VERSION) return toError(400, 'invalid_request_error', 'version')
    if (request.method === 'POST' && pathname === '/v1/checkout/sessions') {
      return create(await readText(request), String(key))
    }
    return request.method === 'GET'
      ? read(pathname, searchParams)
      : toError(404, 'invalid_request_error', 'unknown_url')
  }

  async function read(path: string, query: URLSearchParams): Promise<StripeAnswer> {
    const [, id] = /^\/v1\/checkout\/sessions\/(\w+)$/.exec(path) ?? []
    const refusal = refuseQuery(id === undefined ? path : 'session', query)
    if (refusal !== undefined) {
      refusals.push(refusal)
      return toError(400, 'invalid_request_error', refusal.code)
    }
    if (id !== undefined) {
      await server.beforeRead?.()
      const session = sessions.get(id)
      if (session === undefined) return toError(404, 'invalid_request_error', 'resource_missing')
      return { status: 200, body: toSessionObject(session, query.has('expand[0]')) }
    }
    if (path === '/v1/events') return { status: 200, body: events.list(query) }
    const since = query.get('created[gte]')
    if (since !== null) return { status: 200, body: listSince(path, query, Number(since)) }
    const found = [...sessions.values()].filter(({ payment }) => payment?.id === query.get('payment_intent'))
    const data =
      path === '/v1/disputes'
        ? found.filter(({ dispute }) => dispute !== undefined).map(toDispute)
        : found.map((session) => toSessionObject(session))
    return { status: 200, body: { object: 'list', data, has_more: false, url: path } }
  }

  /** Everything of a kind since a time, newest first. */
  function listSince(path: string, query: URLSearchParams, since: number): unknown {
    const found = [...sessions.values()].reverse().flatMap((session) => {
      const { refund, dispute } = session
      if (path === '/v1/refunds') return refund === undefined ? [] : [{ ...refund, object: toRefund(session) }]
      if (path === '/v1/disputes') return dispute === undefined ? [] : [{ ...dispute, object: toDispute(session) }]
      return [{ id: session.id, created: session.created, object: toSessionObject(session) }]
    })
    const wanted = found.filter(({ created }) => created >= since)
    return toPage(wanted, query, path)
  }

  const http = createServer((request, response) => {
    answer(request)
      .then((given) => {
        if (given === 'cut') return request.socket.destroy()
        const headers = { 'content-type': 'application/json', 'request-id': `req_${requests.length}` }
        return response.writeHead(given.status, headers).end(JSON.stringify(given.body))
      })
      .catch(() => request.socket.destroy())
  })
  const { url, close } = await listenOnLoopback(http)

  function find(ref: string): StripeSession {
    const session = sessions.get(ref)
    if (session === undefined) throw new Error(`There is no session ${ref}.`)
    return session
  }

  const server: StripeServer = {
    url,
    sessions,
    requests,
    refusals,
    faults,
    beforeRead: undefined,
    happen(ref, what) {
      const { type, object } = change(find(ref), what)
      return events.tell(type, object)
    },
    begin: (ref) => events.tell('payment_intent.created', toPaymentObject(find(ref))),
    sign(body, at, secret = webhookSecret) {
      const timestamp = Math.floor(at.getTime() / 1000)
      const signature = webhooks.generateTestHeaderString({ payload: body, secret, timestamp })
      return { 'content-type': 'application/json', 'stripe-signature': signature }
    },
    markDelivered: events.markDelivered,
    forgetEvents: events.forget,
    close,
  }
  return server
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
