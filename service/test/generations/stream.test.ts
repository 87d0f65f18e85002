/** Events of a generation over a real socket, through connections that break. */
import { connect, type Socket } from 'node:net'
import { type GenerationEvent, generationEventSchema } from '@hero-image/client/contract'
import { type ServerType, serve } from '@hono/node-server'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { endGeneration, step } from '../../src/generations/change.ts'
import { createApp } from '../../src/http/app.ts'
import { fromWireId } from '../../src/keys/uuid.ts'
import { createParts, routesOf } from '../../src/parts.ts'
import { printCounts } from '../harness/counts.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'
import { createPhoto, putPicture, start } from './studio.ts'

let hero: TestService
let person: Person
let server: ServerType
let port = 0
beforeAll(async () => {
  hero = await createTestService({ settings: { HERO_RUNNING_GENERATIONS: '100' } })
  person = await hero.createPerson()
  const app = createApp({
    service: hero.service,
    addressOf: () => '192.0.2.1',
    routes: routesOf(createParts(hero.service)),
  })
  await new Promise<void>((resolve) => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, (address) => {
      port = address.port
      resolve()
    })
  })
})
afterAll(async () => {
  server.close()
  await hero.close()
})

/** An event as it came over the wire. */
interface Received {
  readonly id: string
  readonly type: string
  readonly data: GenerationEvent
}

/** One connection: bytes in, events out. */
class Connection {
  readonly socket: Socket
  readonly events: Received[] = []
  status = 0
  isOver = false
  #text = ''

  constructor(path: string, lastEventId: number) {
    this.socket = connect(port, '127.0.0.1')
    this.socket.setEncoding('utf8')
    this.socket.write(
      `GET ${path} HTTP/1.1\r\nHost: hero.test\r\nAuthorization: Bearer ${person.token}\r\nAccept: text/event-stream\r\n${
        lastEventId > 0 ? `Last-Event-ID: ${lastEventId}\r\n` : ''
      }\r\n`,
    )
    this.socket.on('data', (text) => this.#read(String(text)))
    this.socket.on('close', () => {
      this.isOver = true
    })
    this.socket.on('error', () => undefined)
  }

  #read(text: string): void {
    this.#text += text
    this.status ||= Number(/^HTTP\/1.1 (\d+)/.exec(this.#text)?.[1] ?? 0)
    if (this.#text.includes('\r\n0\r\n\r\n')) this.isOver = true
    // Events are whole once their empty line is there; sizes of chunks stand between them.
    const found = [...this.#text.matchAll(/event: (\S+)\ndata: (.*)\nid: (\d+)\n\n/g)]
    for (const [, type = '', data = '', id = ''] of found.slice(this.events.length)) {
      this.events.push({ id, type, data: generationEventSchema.parse(JSON.parse(data)) })
    }
  }
}

test('A6 a connection that drops 10 times: each event once, in order', async () => {
  const upload_id = await putPicture(hero.service, person.userId, await createPhoto())
  const { id } = await start(person, { operation: 'extend', upload_id, ratio: '1:1' })
  const generationId = fromWireId('generation', id) ?? ''
  const path = `/v1/generations/${id}/events`
  const { db, clock } = hero.service
  const tell = (): Promise<unknown> =>
    db.transaction().execute((trx) => step(trx, { id: generationId, type: 'running', at: clock.now(), set: {} }))
  const received: Received[] = []
  let drops = 0
  // Events come in while nobody is connected, and while somebody is.
  for (; drops < 10; drops += 1) {
    await tell()
    const connection = new Connection(path, received.length)
    await vi.waitFor(() => expect(connection.events.length).toBeGreaterThan(0), 20_000)
    await Promise.all([tell(), tell()])
    const enough = 1 + (drops % 3)
    await vi.waitFor(() => expect(connection.events.length).toBeGreaterThanOrEqual(enough), 20_000)
    connection.socket.resetAndDestroy()
    received.push(...connection.events)
  }
  await db.transaction().execute((trx) => endGeneration(trx, { id: generationId, state: 'canceled', at: clock.now() }))
  const last = new Connection(path, received.length)
  await vi.waitFor(() => expect(last.isOver).toBe(true), 20_000)
  received.push(...last.events)
  const ids = received.map(({ id: each }) => Number(each))
  // Queued, three a drop, canceled.
  expect(ids).toEqual(Array.from({ length: 32 }, (_, index) => index + 1))
  expect(received.every(({ type, data }) => type === data.type && data.generation_id === id)).toBe(true)
  expect(received.at(-1)?.data.state).toBe('canceled')
  // Who has seen it all is told not to come back.
  const late = new Connection(path, 32)
  await vi.waitFor(() => expect(late.status).toBe(204), 20_000)
  late.socket.destroy()
  printCounts('A6', { drops, events: ids.length, twice: 0, missing: 0 })
})

test('an account listens to so many streams at once, and no more; what has ended counts no more', async () => {
  const upload_id = await putPicture(hero.service, person.userId, await createPhoto())
  const { id } = await start(person, { operation: 'extend', upload_id, ratio: '1:1' })
  const path = `/v1/generations/${id}/events`
  // Only asked for their head, they take no place.
  const heads = Array.from({ length: 30 }, () =>
    hero.request(path, { method: 'HEAD', headers: { authorization: `Bearer ${person.token}` } }),
  )
  for (const head of await Promise.all(heads)) expect(head.status).toBe(200)
  const open = Array.from({ length: 20 }, () => new Connection(path, 0))
  await vi.waitFor(() => expect(open.every(({ status }) => status === 200)).toBe(true), 20_000)
  const more = new Connection(path, 0)
  await vi.waitFor(() => expect(more.status).toBe(429), 20_000)
  for (const { socket } of [...open, more]) socket.resetAndDestroy()
  await vi.waitFor(async () => {
    const next = new Connection(path, 0)
    await vi.waitFor(() => expect(next.status).not.toBe(0), 5000)
    next.socket.resetAndDestroy()
    expect(next.status).toBe(200)
  }, 20_000)
})

test('a stream ends when the process stops', async () => {
  const upload_id = await putPicture(hero.service, person.userId, await createPhoto())
  const { id } = await start(person, { operation: 'extend', upload_id, ratio: '1:1' })
  const connection = new Connection(`/v1/generations/${id}/events`, 0)
  await vi.waitFor(() => expect(connection.events.map(({ type }) => type)).toEqual(['queued']), 20_000)
  hero.service.drain.begin()
  await vi.waitFor(() => expect(connection.isOver).toBe(true), 20_000)
})
