/** Listens on a port, and stops listening without cutting anybody off. */
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type ServerType } from '@hono/node-server'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ServiceEnv } from './http/env.ts'

/** A server that listens. */
export interface Listening {
  readonly port: number
  /** Takes no more connections and waits for running requests; after the given time the rest is cut off. */
  stop(ms: number): Promise<void>
}

/** A client has this long to send the head of a request, and a body that goes through in the middle of it, ms. */
const headersTimeout = 15_000
const requestTimeout = 300_000

/**
 * Begins to listen.
 *
 * @throws Error when the port is taken
 */
export async function listen(app: OpenAPIHono<ServiceEnv>, hostname: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: { headersTimeout, requestTimeout } })
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
