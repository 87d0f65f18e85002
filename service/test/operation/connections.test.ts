/** What the server takes from clients that are slow, talk too much, or are too many; and from a proxy that nobody told it of. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { Hono } from 'hono'
import { afterEach, expect, test } from 'vitest'
import { createAddressOf } from '../../src/http/address.ts'
import { createProxyWarning } from '../../src/http/proxy-warning.ts'
import { type Listening, listen } from '../../src/listen.ts'
import { createLog } from '../../src/log/log.ts'
import { printCounts } from '../harness/counts.ts'

let server: Listening
let lines: string[] = []
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await server.stop(0)
  lines = []
})

const quick = {
  headersTimeout: 150,
  requestTimeout: 300,
  connectionsCheckingInterval: 25,
  keepAliveTimeout: 5_000,
}

async function start(connections = 100): Promise<void> {
  const log = createLog('debug', { write: (line) => void lines.push(line) })
  const addressOf = createAddressOf(0, createProxyWarning(log))
  const app = new Hono()
    .get('/', (c) => c.text(addressOf(c)))
    .post('/', async (c) => c.text(String((await c.req.text()).length)))
    .onError((_, c) => c.text('', 500))
  server = await listen(app, { hostname: '127.0.0.1', port: 0, connections, log }, quick)
}

async function open(): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1')
  sockets.push(socket)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

/** Sends something and waits until the server has closed. */
async function talk(words: string): Promise<string> {
  const socket = await open()
  socket.write(words)
  return text(socket)
}

test('whoever does not finish a head or a body is answered 408 and closed', async () => {
  await start()
  expect(await talk('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ')).toMatch(/^HTTP\/1\.1 408 /)
  const slow = await talk('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc')
  expect(slow).not.toContain('200 OK')
})

test('a head has 16 KB', async () => {
  await start()
  const head = (bytes: number) =>
    `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Long: ${'x'.repeat(bytes)}\r\n\r\n`
  expect(await talk(head(15_000))).toMatch(/^HTTP\/1\.1 200 /)
  expect(await talk(head(17_000))).toMatch(/^HTTP\/1\.1 431 /)
})

test('one connection too many is closed at once, those that are open go on, and there is room again afterwards', async () => {
  await start(3)
  const [first, second] = [await open(), await open(), await open()]
  let refused = 0
  for (let count = 0; count < 5; count += 1) {
    const extra = await open()
    extra.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    if ((await text(extra).catch(() => '')) === '') refused += 1
  }
  expect(refused).toBe(5)
  first?.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  const [answer] = await once(first ?? server.stop, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /)
  second?.destroy()
  await expect
    .poll(async () =>
      (await talk('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n').catch(() => '')).slice(0, 15),
    )
    .toBe('HTTP/1.1 200 OK')
  // Told, and not told five times.
  expect(lines.filter((line) => line.includes('HERO_CONNECTIONS'))).toHaveLength(1)
  printCounts('connections', { allowed: 3, refused })
})

test('a proxy that the settings do not know of is told of once, without an address', async () => {
  await start()
  const url = `http://127.0.0.1:${server.port}/`
  const ask = async (headers: Record<string, string>): Promise<string> => (await fetch(url, { headers })).text()
  expect(await ask({})).toBe('127.0.0.1')
  expect(lines).toEqual([])
  for (let count = 0; count < 3; count += 1) expect(await ask({ 'x-forwarded-for': '198.51.100.7' })).toBe('127.0.0.1')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('HERO_TRUSTED_PROXIES')
  expect(lines[0]).not.toMatch(/198\.51\.100\.7|127\.0\.0\.1/)
})
