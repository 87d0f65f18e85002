/** Slow clients and endless bodies, over real connections to a process of its own, whose memory is looked at from outside. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readdir, readlink, stat } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { uploadSchema } from '@hero-image/client/contract'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTokenText, hashToken, toTokenPrefix } from '../src/auth/token-text.ts'
import { newId } from '../src/keys/uuid.ts'
import { drawPicture } from '../test/files/pictures.ts'
import { printCounts } from '../test/harness/counts.ts'
import { createTestDatabase, type TestDatabase } from '../test/harness/database.ts'
import { createDataFolder, type ServiceProcess, startRunning } from '../test/harness/process.ts'

const limit = 25_000_000
const slowClients = 50
/** What each of them has sent already; together much more than the service may hold. */
const sentBytes = 6_000_000

let database: TestDatabase
let folder: Awaited<ReturnType<typeof createDataFolder>>
let service: ServiceProcess
let picture: Buffer<ArrayBuffer>
beforeAll(async () => {
  database = await createTestDatabase()
  folder = await createDataFolder()
  service = await startRunning({
    DATABASE_URL: database.url,
    HERO_SECRET: 'a secret of tests, and of nothing else',
    HERO_DATA_DIR: folder.path,
    HERO_REQUESTS_PER_MINUTE: '100000',
    HERO_LOG_LEVEL: 'info',
  })
  picture = Buffer.from(await drawPicture('png'))
})
afterAll(async () => {
  await service.end('SIGTERM')
  await folder.remove()
  await database.close()
})

test(`U5 ${slowClients} slow uploads do not hold others up, and lie on the disk, not in memory`, async () => {
  const owner = await createToken()
  for (let warm = 0; warm < 5; warm++) expect(await upload(owner)).toBe(201)
  const before = memory()
  const tokens = await Promise.all(Array.from({ length: slowClients / 5 }, createToken))
  const sockets = await Promise.all(
    Array.from({ length: slowClients }, (_, index) => startSlowUpload(tokens[index % tokens.length] ?? '')),
  )
  await until(async () => (await openBelow('/incoming/')).filter((bytes) => bytes >= sentBytes).length === slowClients)
  const drip = setInterval(() => {
    for (const socket of sockets) socket.write('x')
  }, 50)
  const during = memory()
  const statuses = await Promise.all(Array.from({ length: 10 }, () => upload(owner)))
  const lists = await Promise.all(
    Array.from({ length: 20 }, async () => (await fetch(`${service.url}/v1/uploads`, withToken(owner))).status),
  )
  clearInterval(drip)
  const stillOpen = sockets.filter(({ destroyed }) => !destroyed).length
  for (const socket of sockets) socket.destroy()
  await until(async () => (await openBelow('/incoming/')).length === 0)
  const grown = during - before
  printCounts('U5', {
    slow: stillOpen,
    sentMegabytes: (slowClients * sentBytes) / 1e6,
    uploadsMeanwhile: statuses.filter((status) => status === 201).length,
    listsMeanwhile: lists.filter((status) => status === 200).length,
    memoryGrownMegabytes: Math.round(grown / 1e6),
  })
  expect(stillOpen).toBe(slowClients)
  expect(new Set(statuses)).toEqual(new Set([201]))
  expect(new Set(lists)).toEqual(new Set([200]))
  // 300 MB are under way; what grows are chunks that wait to be collected, however much comes in.
  expect(grown).toBeLessThan(150_000_000)
  expect(await upload(owner)).toBe(201)
})

test('U5 25 MB and 1 byte: refused by its length before it is sent, and by its bytes when it tells none', async () => {
  const token = await createToken()
  const told = await talk(token, [`Content-Length: ${limit + 1}`], () => undefined)
  expect(told.status).toBe(413)
  const before = memory()
  let peak = before
  const untold = await talk(token, ['Transfer-Encoding: chunked'], (socket) => {
    const chunk = Buffer.alloc(65_536, 7)
    const send = (): void => {
      while (!socket.destroyed && socket.write(Buffer.concat([Buffer.from('10000\r\n'), chunk, Buffer.from('\r\n')])));
      peak = Math.max(peak, memory())
    }
    socket.on('drain', send)
    send()
  })
  expect(untold.status).toBe(413)
  const grown = peak - before
  printCounts('U5', { told: told.status, untold: untold.status, memoryGrownMegabytes: Math.round(grown / 1e6) })
  expect(grown).toBeLessThan(26_000_000)
  await until(async () => (await openBelow('/incoming/')).length === 0)
  expect(await upload(token)).toBe(201)
})

test('U5 downloads that are broken off leave nothing open; HEAD tells the length', async () => {
  const token = await createToken()
  const large = await sharp(randomBytes(1500 * 1500 * 3), { raw: { width: 1500, height: 1500, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer()
  const sent = await fetch(`${service.url}/v1/uploads`, {
    method: 'POST',
    headers: { ...withToken(token).headers, 'content-type': 'image/png', 'idempotency-key': newId() },
    body: new Uint8Array(large),
  })
  const { id } = uploadSchema.parse(await sent.json())
  const address = `${service.url}/v1/uploads/${id}/content`
  const tell = await fetch(address, { method: 'HEAD', ...withToken(token) })
  expect([tell.status, tell.headers.get('content-length')]).toEqual([200, String(large.length)])
  for (let count = 0; count < 20; count++) {
    const stop = new AbortController()
    const response = await fetch(address, { ...withToken(token), signal: stop.signal })
    await response.body?.getReader().read()
    stop.abort()
  }
  const whole = await (await fetch(address, withToken(token))).arrayBuffer()
  expect(Buffer.from(whole).equals(large)).toBe(true)
  await until(async () => (await openBelow('/files/')).length === 0)
  printCounts('U5', { brokenOff: 20, leftOpen: (await openBelow('/files/')).length })
})

/** A person of this process, by a token. */
async function createToken(): Promise<string> {
  const userId = newId()
  const token = createTokenText()
  await database.db
    .insertInto('user')
    .values({ id: userId, name: 'P', email: `${userId}@example.org`, emailVerified: true, ageConfirmedAt: new Date() })
    .execute()
  await database.db
    .insertInto('access_token')
    .values({
      id: newId(),
      user_id: userId,
      kind: 'api_key',
      name: 'test',
      prefix: toTokenPrefix(token),
      hash: hashToken(token),
      scopes: ['projects:read', 'projects:write'],
    })
    .execute()
  return token
}

function withToken(token: string) {
  return { headers: { authorization: `Bearer ${token}` } }
}

async function upload(token: string): Promise<number> {
  const response = await fetch(`${service.url}/v1/uploads`, {
    method: 'POST',
    headers: { ...withToken(token).headers, 'content-type': 'image/png', 'idempotency-key': newId() },
    body: picture,
  })
  await response.arrayBuffer()
  return response.status
}

function head(token: string, headers: readonly string[]): string {
  const lines = [
    'POST /v1/uploads HTTP/1.1',
    'Host: hero.test',
    `Authorization: Bearer ${token}`,
    `Idempotency-Key: ${newId()}`,
    'Content-Type: image/png',
    ...headers,
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}

async function open(): Promise<Socket> {
  const { hostname, port } = new URL(service.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('connect', resolve))
  return socket
}

async function startSlowUpload(token: string): Promise<Socket> {
  const socket = await open()
  socket.write(head(token, [`Content-Length: ${limit}`]))
  await new Promise((resolve) => socket.write(Buffer.alloc(sentBytes, 7), resolve))
  return socket
}

/** Sends a request by hand and reads the status. */
async function talk(
  token: string,
  headers: readonly string[],
  body: (socket: Socket) => void,
): Promise<{ status: number }> {
  const socket = await open()
  const answered = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))))
  socket.write(head(token, headers))
  body(socket)
  const text = await answered
  socket.destroy()
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]) }
}

/** Main memory of the service, without its decoders. */
function memory(): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${service.pid}/status`, 'latin1'))?.[1]
  return Number(kilobytes) * 1024
}

/** Sizes of the files that the process has open below a folder. Those that are being received have no name, and can be seen only so. */
async function openBelow(folderName: string): Promise<number[]> {
  const descriptors = `/proc/${service.pid}/fd`
  const sizes: number[] = []
  for (const name of await readdir(descriptors)) {
    const path = join(descriptors, name)
    // What has just been closed is none.
    const target = await readlink(path).catch(() => '')
    if (target.includes(folderName)) sizes.push((await stat(path).catch(() => undefined))?.size ?? 0)
  }
  return sizes
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20))
}
