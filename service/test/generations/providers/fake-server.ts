/** A server on loopback that plays a provider: it behaves as told, and remembers what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'

/** How a fake answers what is paid. */
export const behaviours = [
  'success',
  'refusal',
  'busy',
  'fault',
  'quota',
  'garbage',
  'empty',
  'non-image',
  'hang',
  'reset',
] as const

export type Behaviour = (typeof behaviours)[number]

/** Words of a provider that nobody may ever see. */
export const rawMessage = 'RAW-WORDS-OF-THE-PROVIDER'

/** What was asked. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** An answer; `hang` never comes, `reset` breaks the connection. */
export type Answer =
  | { readonly status: number; readonly json: unknown }
  | { readonly status: number; readonly text: string }
  | { readonly status: number; readonly bytes: Uint8Array }
  | 'hang'
  | 'reset'

/** A fake provider. */
export interface FakeProvider {
  /** Name of the provider in the service. */
  readonly id: string
  /** Settings that make the service use it. */
  readonly settings: Readonly<Record<string, string>>
  /** Its key, to be looked for where it must not be. */
  readonly key: string
  /** Calls that it would send a bill for. */
  paid(): number
  /** Calls to cancel. */
  canceled(): number
  asked(): readonly Asked[]
  behave(behaviour: Behaviour): void
  close(): Promise<void>
}

/** A running server. */
export interface FakeServer {
  readonly url: string
  readonly asked: Asked[]
  /** Requests whose sender went away before the answer. */
  abandoned(): number
  close(): Promise<void>
}

/** Starts a server. */
export async function startFakeServer(
  answer: (asked: Asked, url: string) => Answer | Promise<Answer>,
): Promise<FakeServer> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    void handle(request, response)
  })
  let url = ''
  let abandoned = 0
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const each = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: await buffer(request),
    }
    asked.push(each)
    response.on('close', () => {
      if (!response.writableFinished) abandoned += 1
    })
    const given = await answer(each, url)
    if (response.destroyed) return
    if (given === 'hang') return
    if (given === 'reset') {
      request.socket.resetAndDestroy()
      return
    }
    if ('json' in given) {
      response.writeHead(given.status, { 'content-type': 'application/json' }).end(JSON.stringify(given.json))
    } else if ('text' in given) {
      response.writeHead(given.status, { 'content-type': 'application/json' }).end(given.text)
    } else {
      response.writeHead(given.status, { 'content-type': 'image/png' }).end(given.bytes)
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${portOf(server.address())}`
  return {
    url,
    asked,
    abandoned: () => abandoned,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const drawn = new Map<string, Promise<Buffer>>()

/** What a fake draws: one colour, over everything that it was told to keep. */
export function drawPicture(width: number, height: number): Promise<Buffer> {
  const name = `${width}x${height}`
  const known = drawn.get(name)
  if (known !== undefined) return known
  const picture = sharp({ create: { width, height, channels: 3, background: '#d02090' } })
    .png()
    .toBuffer()
  drawn.set(name, picture)
  return picture
}

/** Five bytes that are no picture. */
export const noPicture: Buffer = Buffer.from('nope!')

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.')
  return address.port
}
