/** Listens on a port, and stops listening without cutting anybody off. */
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type ServerType } from '@hono/node-server'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ServiceEnv } from './http/env.ts'
import type { Log } from './log/log.ts'

/** A server that listens. */
export interface Listening {
  readonly port: number
  /** Takes no more connections and waits for running requests; after the given time the rest is cut off. */
  stop(ms: number): Promise<void>
}

/** Where to listen, and to how many. */
export interface Listen {
  readonly hostname: string
  readonly port: number
  /** Connections at once; further ones are closed as they come. */
  readonly connections: number
  readonly log: Pick<Log, 'warn'>
}

/** What a client may take its time for. */
export interface Patience {
  /** For the head of a request, ms. */
  readonly headersTimeout: number
  /** For all of a request, ms. */
  readonly requestTimeout: number
  /** How often both are looked at, ms. */
  readonly connectionsCheckingInterval: number
  /** Between two requests, ms. */
  readonly keepAliveTimeout: number
}

/** The largest upload takes 100 MB; whoever sends a megabyte in three seconds is not cut off. */
const patience: Patience = {
  headersTimeout: 15_000,
  requestTimeout: 300_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 5_000,
}

/** Bytes of the head of a request. Their number is not limited beside: what is too much of it would be left out without a word, and be it X-Forwarded-For. */
const maxHeaderSize = 16 * 1024

/** How often it is said that connections were closed, ms. */
const saidEvery = 60_000

/**
 * Begins to listen.
 *
 * @throws Error when the port is taken
 */
export async function listen(
  app: Pick<OpenAPIHono<ServiceEnv>, 'fetch'>,
  { hostname, port, connections, log }: Listen,
  given: Patience = patience,
): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: { ...given, maxHeaderSize } })
  server.maxConnections = connections
  let saidAt = Number.NEGATIVE_INFINITY
  server.on('drop', () => {
    if (performance.now() - saidAt < saidEvery) return
    saidAt = performance.now()
    log.warn({ connections }, 'more connections than HERO_CONNECTIONS: further ones are closed')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, hostname, resolve)
  })
  return { port: portOf(server), stop: (ms) => stop(server, ms) }
}

function portOf(server: ServerType): number {
  const address: AddressInfo | string | null = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function stop(server: ServerType, ms: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Connections that are only kept open would keep us waiting.
  if ('closeIdleConnections' in server) server.closeIdleConnections()
  const late = setTimeout(() => {
    if ('closeAllConnections' in server) server.closeAllConnections()
  }, ms)
  await closed
  clearTimeout(late)
}
