/** Addresses that come from outside: nothing of ours can be reached through them. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createServer, type Server } from 'node:http'
import { type LookupFunction, Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fetchUntrusted, UntrustedFetchError, type UntrustedOptions } from '../../src/net/fetch-untrusted.ts'
import { printCounts } from '../harness/counts.ts'

/** Where a redirect leads to, and how large a body is, stand in the address. */
let server: Server
let port: number
let connections = 0
/** Tries of this process to connect, to wherever. */
let attempts = 0
const countAttempts = (message: unknown): void => {
  if (typeof message !== 'object' || message === null || !('socket' in message)) return
  if (message.socket instanceof Socket) message.socket.on('connectionAttempt', () => (attempts += 1))
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const { searchParams, pathname } = new URL(request.url ?? '/', 'http://here')
    const target = searchParams.get('to')
    if (target !== null) return void response.writeHead(302, { location: target }).end()
    if (pathname === '/slow') return
    if (pathname === '/missing') return void response.writeHead(404).end('no')
    const bytes = Number(searchParams.get('bytes') ?? 4)
    response.writeHead(200, {
      'content-type': 'image/png',
      ...(pathname === '/told' ? { 'content-length': bytes } : {}),
    })
    response.end(Buffer.alloc(bytes, 1))
  })
  server.on('connection', () => {
    connections += 1
  })
  // All addresses of this machine, of both families.
  await new Promise<void>((resolve) => server.listen(0, '::', resolve))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
  subscribe('net.client.socket', countAttempts)
})
afterAll(async () => {
  unsubscribe('net.client.socket', countAttempts)
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const limits = { maxBytes: 1000, timeout: 5000 } satisfies UntrustedOptions

async function failureOf(address: string, options: Partial<UntrustedOptions> = {}): Promise<string> {
  const error = await fetchUntrusted(address, { ...limits, ...options }).then(
    () => 'nothing',
    (reason: unknown) => reason,
  )
  return error instanceof UntrustedFetchError ? error.reason : String(error)
}

/** Written so, they are all inside. */
const literals = [
  '127.0.0.1',
  '127.1',
  '127.0.0.2',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '017700000001',
  '0177.0.0.1',
  '00000177.0.0.01',
  '127.0.0.1.',
  '%31%32%37.0.0.1',
  '①②⑦.0.0.1',
  '127。0。0。1',
  '0.0.0.0',
  '0',
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[fe80::1]',
  '[fec0::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[ff02::1]',
  '10.0.0.1',
  '10.255.255.255',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '[::ffff:169.254.169.254]',
  '2852039166',
  '0xa9fea9fe',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '198.18.0.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
]

/** Names, and what they resolve to, one answer after the other. */
const names: Readonly<Record<string, readonly (readonly string[])[]>> = {
  localhost: [['127.0.0.1']],
  'localhost.': [['127.0.0.1']],
  'app.localhost': [['::1']],
  'metadata.google.internal': [['169.254.169.254']],
  'metadata.example': [['fd00:ec2::254']],
  'mixed.example': [['93.184.215.14', '127.0.0.1']],
  'mapped.example': [['::ffff:127.0.0.1']],
  'nat64.example': [['64:ff9b::7f00:1']],
  'empty.example': [[]],
  // Public when somebody looks, inside when somebody connects.
  'rebinding.example': [['127.0.0.1'], ['93.184.215.14']],
}

/** Resolves the names above; every look gives the next answer. */
function createLookup(): LookupFunction {
  const looks = new Map<string, number>()
  return (hostname, options, callback) => {
    const answers = names[hostname] ?? []
    const look = looks.get(hostname) ?? 0
    looks.set(hostname, look + 1)
    const found = (answers[look % Math.max(answers.length, 1)] ?? []).map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }))
    const [first] = found
    if (options.all === true) callback(null, found)
    else callback(null, first?.address ?? '', first?.family ?? 4)
  }
}

test('U4 addresses inside: 0 connections', async () => {
  const outcomes: Record<string, string> = {}
  const before = { connections, attempts }
  const lookup = createLookup()
  for (const literal of literals) outcomes[literal] = await failureOf(`https://${literal}:${port}/`)
  for (const name of Object.keys(names)) outcomes[name] = await failureOf(`https://${name}:${port}/`, { lookup })
  const written = [
    `http://93.184.215.14:${port}/`,
    `https://user:word@93.184.215.14:${port}/`,
    `https://93.184.215.14@127.0.0.1:${port}/`,
    `https:\\\\127.0.0.1:${port}\\`,
    `https:127.0.0.1:${port}`,
    `//127.0.0.1:${port}/`,
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'ftp://127.0.0.1/x',
    'gopher://127.0.0.1/x',
    'unix:/var/run/docker.sock',
    'javascript:1',
    '',
  ]
  for (const address of written) outcomes[address] = await failureOf(address)
  expect(Object.entries(outcomes).filter(([, outcome]) => outcome !== 'forbidden')).toEqual([])
  expect({ connections, attempts }).toEqual(before)
  printCounts('U4', {
    addresses: Object.keys(outcomes).length,
    connections: connections - before.connections,
    attempts: attempts - before.attempts,
  })
})

test('U4 a name that changes between two looks is connected to as it was checked, or not at all', async () => {
  const before = connections
  const looked: string[] = []
  const lookup: LookupFunction = (hostname, options, callback) => {
    looked.push(hostname)
    // The first answer passes; a guard that looks again, or leaves the second look to somebody else, is fooled.
    const address = looked.length === 1 ? '192.0.2.255' : '127.0.0.1'
    callback(null, options.all === true ? [{ address, family: 4 }] : address, 4)
  }
  expect(await failureOf(`https://rebinding.example:${port}/`, { lookup })).toBe('forbidden')
  expect([looked.length, connections - before]).toEqual([1, 0])
})

test('U4 redirects lead nowhere inside either: 0 connections beyond the first', async () => {
  const here = `http://127.0.0.1:${port}`
  const trustedOrigins = [here]
  const targets = [
    ...literals.filter(isAscii).map((literal) => `https://${literal}:${port}/`),
    `http://localhost:${port}/`,
    `http://127.0.0.1:${port + 1}/`,
    `//127.0.0.2:${port}/`,
    'file:///etc/passwd',
    'https://user:word@93.184.215.14/',
  ]
  const before = { connections, attempts }
  const outcomes: string[] = []
  for (const target of targets) {
    outcomes.push(await failureOf(`${here}/?to=${encodeURIComponent(target)}`, { trustedOrigins }))
  }
  expect(new Set(outcomes)).toEqual(new Set(['forbidden']))
  expect({ connections: connections - before.connections, attempts: attempts - before.attempts }).toEqual({
    connections: targets.length,
    attempts: targets.length,
  })
  printCounts('U4', { redirects: targets.length, followed: connections - before.connections - targets.length })
})

test('what is trusted is fetched, follows itself, and has its limits', async () => {
  const here = `http://127.0.0.1:${port}`
  const trusted = { trustedOrigins: [here] }
  const { bytes, mediaType } = await fetchUntrusted(`${here}/?to=%2Fpicture`, { ...limits, ...trusted })
  expect([bytes.length, mediaType]).toEqual([4, 'image/png'])
  expect(await failureOf(`${here}/?bytes=1001`, trusted)).toBe('too-large')
  expect(await failureOf(`${here}/told?bytes=1001`, trusted)).toBe('too-large')
  expect(await failureOf(`${here}/missing`, trusted)).toBe('status')
  expect(await failureOf(`${here}/slow`, { ...trusted, timeout: 200 })).toBe('too-slow')
  expect(await failureOf(chain(here, 4), trusted)).toBe('too-many-redirects')
  const stop = new AbortController()
  stop.abort(new Error('stopped'))
  expect(await failureOf(`${here}/slow`, { ...trusted, signal: stop.signal })).toBe('Error: stopped')
  expect(await failureOf(`https://127.0.0.1:${port}/`, trusted)).toBe('forbidden')
})

/** Other characters do not fit into a header. */
function isAscii(text: string): boolean {
  return /^[ -~]+$/.test(text)
}

/** An address that redirects so many times. */
function chain(here: string, times: number): string {
  let address = `${here}/picture`
  for (let time = 0; time < times; time++) address = `${here}/?to=${encodeURIComponent(address)}`
  return address
}
