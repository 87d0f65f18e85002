/** Somebody who has used everything there is, by the routes themselves. */
import {
  createdTokenSchema,
  exportSchema,
  generationSchema,
  orderSchema,
  projectSchema,
  ticketWithMessagesSchema,
  uploadSchema,
} from '@hero-image/client/contract'
import sharp from 'sharp'
import { expect } from 'vitest'
import { z } from 'zod'
import { fromWireId, newId } from '../../src/keys/uuid.ts'
import { terms } from '../../src/orders/terms.ts'
import { jobsOf } from '../../src/parts.ts'
import type { JobName, Jobs } from '../../src/queue/jobs.ts'
import { runSupport } from '../../src/support/command.ts'
import { makeAccount, signInAs } from '../accounts/people.ts'
import { type Browser, openBrowser } from '../harness/browser.ts'
import { type TestService, testUrl } from '../harness/service.ts'

/** Settings under which everything can be used. */
export const seedSettings = {
  HERO_PAYMENTS: 'fake',
  HERO_GRANT_CREDITS: '10',
  // Never asked: its generation stays in the queue.
  HERO_COMPATIBLE_URL: 'http://127.0.0.1:9/v1',
  HERO_COMPATIBLE_KEY: 'none',
  HERO_COMPATIBLE_MODEL: 'none',
}

/** What may be found nowhere afterwards. */
export interface Seeded {
  readonly userId: string
  readonly browser: Browser
  readonly token: string
  readonly email: string
  /** Texts that lead to the person, or are theirs. */
  readonly needles: Readonly<Record<string, string>>
  /** Methods and paths that were used. */
  readonly calls: ReadonlySet<string>
}

/** Words that appear nowhere else. */
const words = {
  name: 'Zerubabel Quintessenz',
  project: 'Leuchtturmprojekt',
  prompt: 'eine dunkelblaue Giraffe',
  subject: 'Betreffzeile Wundertuete',
  message: 'Sehr persoenliche Frage',
  answer: 'Sehr persoenliche Antwort',
  fileName: 'urlaub-korsika.png',
  tokenName: 'Laptop im Keller',
  newEmail: 'quintessenz.neu@example.org',
}

/** Signs up, and uses everything. */
export async function seedPerson(service: TestService, email: string, address: string): Promise<Seeded> {
  const calls = new Set<string>()
  const hero: TestService = {
    ...service,
    request: (path, init = {}) => {
      calls.add(`${init.method ?? 'GET'} ${path.split('?')[0]}`)
      return service.request(path, init)
    },
  }
  const browser = openBrowser(hero, address)
  await makeAccount(hero, browser, email)
  expect((await signInAs(browser, email)).status).toBe(200)
  const { id: userId } = await hero.service.db
    .selectFrom('user')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  const send = (
    path: string,
    method: string,
    body?: string | Uint8Array,
    type = 'application/json',
  ): Promise<Response> =>
    hero.request(path, {
      method,
      headers: {
        cookie: browser.cookieHeader(),
        origin: testUrl,
        'idempotency-key': newId(),
        'x-test-address': address,
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
    })
  const post = async (path: string, body: object): Promise<unknown> => {
    const response = await send(path, 'POST', JSON.stringify(body))
    expect([path, response.status, response.ok ? '' : await response.text()]).toEqual([path, expect.any(Number), ''])
    return response.json()
  }

  expect((await send('/v1/me', 'PATCH', JSON.stringify({ name: words.name }))).status).toBe(200)
  const { token } = createdTokenSchema.parse(
    await post('/v1/tokens', { name: words.tokenName, scopes: ['projects:read', 'account:read'] }),
  )
  const project = projectSchema.parse(await post('/v1/projects', { name: words.project }))
  const photo = await createPhoto()
  const avatar = await createPhoto()
  const upload = async (query: string, body: Buffer) => {
    const response = await send(`/v1/uploads?${query}`, 'POST', new Uint8Array(body), 'image/png')
    return uploadSchema.parse(await response.json())
  }
  const source = await upload(`project_id=${project.id}&name=${words.fileName}`, photo)
  const attachment = await upload('kind=attachment', await createPhoto())
  const deleted = await upload('', await createPhoto())
  expect((await send(`/v1/uploads/${deleted.id}`, 'DELETE')).status).toBe(204)
  expect((await send('/v1/me/avatar', 'PUT', new Uint8Array(avatar), 'image/png')).status).toBe(204)

  const ticket = ticketWithMessagesSchema.parse(
    await post('/v1/support', { subject: words.subject, body: words.message, attachments: [attachment.id] }),
  )
  await runSupport(hero.service, ['answer', ticket.id], async () => words.answer)

  const ordered = async (): Promise<string> => {
    const order = orderSchema.parse(await post('/v1/orders', { pack: 'small', accepted_terms: terms.version }))
    return order.checkout_url ?? ''
  }
  expect((await hero.request(new URL(await ordered()).pathname)).status).toBe(303)
  // One that is not paid.
  await ordered()
  const generation = generationSchema.parse(
    await post('/v1/generations', {
      operation: 'extend',
      upload_id: source.id,
      ratio: '2:1',
      provider: 'local',
      project_id: project.id,
    }),
  )
  const generationId = fromWireId('generation', generation.id) ?? ''
  await runJob(hero, 'generation', { generationId })
  // One that waits, and holds credits.
  await post('/v1/generations', { operation: 'generate', prompt: words.prompt, provider: 'compatible' })
  const asked = exportSchema.parse(await post('/v1/exports', { project_id: project.id, kind: 'json' }))
  await runJob(hero, 'export', { exportId: fromWireId('export', asked.id) ?? '' })
  await post(`/v1/support/${ticket.id}/messages`, { body: words.message })
  await addDevice(hero, browser)
  expect((await browser.post('/v1/me/email', { email: words.newEmail })).status).toBe(202)
  expect((await browser.post('/v1/e', { path: '/pricing' })).status).toBe(204)
  expect((await browser.post('/api/auth/send-verification-email', { email })).ok).toBe(true)
  expect((await browser.post('/api/auth/request-password-reset', { email })).ok).toBe(true)
  await makeFresh(hero, userId)
  const files = await hero.service.db.selectFrom('file').select(['sha256']).where('user_id', '=', userId).execute()
  return {
    userId,
    browser,
    token: token ?? '',
    email,
    calls,
    needles: {
      ...words,
      email,
      address,
      userId,
      block: address.replace(/\.\d+$/, '.0'),
      source: fromWireId('upload', source.id) ?? '',
      photo: photo.subarray(100, 140).toString('hex'),
      ...Object.fromEntries(files.map(({ sha256 }, index) => [`file ${index}`, sha256.toString('hex')])),
    },
  }
}

/** Lets a device in, and leaves another one waiting. */
async function addDevice(hero: TestService, browser: Browser): Promise<void> {
  const form = async (path: string, fields: Record<string, string>) => {
    const response = await hero.request(path, { method: 'POST', body: new URLSearchParams(fields) })
    return response.json()
  }
  const begin = async () =>
    deviceCodeSchema.parse(await form('/oauth/device_authorization', { client_id: 'hero-image' }))
  const device = await begin()
  expect((await browser.post('/v1/device/approve', { user_code: device.user_code })).ok).toBe(true)
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code'
  const given = await form('/oauth/token', { grant_type, device_code: device.device_code, client_id: 'hero-image' })
  expect(given).toMatchObject({ access_token: expect.any(String) })
  expect((await browser.post('/v1/device/approve', { user_code: (await begin()).user_code })).ok).toBe(true)
}

const deviceCodeSchema = z.object({ user_code: z.string(), device_code: z.string() })

/** Sessions begin by the real time; makes them begin now by the clock of the test. */
export async function makeFresh({ service }: TestService, userId: string): Promise<void> {
  const createdAt = service.clock.now()
  const expiresAt = new Date(createdAt.getTime() + 86_400_000)
  await service.db.updateTable('session').set({ createdAt, expiresAt }).where('userId', '=', userId).execute()
}

/** Does one job now, as a worker would. */
export async function runJob<Name extends JobName>(hero: TestService, name: Name, data: Jobs[Name]): Promise<void> {
  const handle = jobsOf(hero.parts)[name]
  if (handle === undefined) throw new Error(`Nobody does the job ${name}.`)
  await handle({ id: newId(), data, retries: 0, isLast: true, signal: new AbortController().signal })
}

let drawn = 0

/** A picture that is like no other. */
async function createPhoto(): Promise<Buffer> {
  drawn += 1
  const data = Buffer.from(Array.from({ length: 64 * 48 * 3 }, (_, index) => (index * (drawn + 7) * 31) % 251))
  return sharp(data, { raw: { width: 64, height: 48, channels: 3 } })
    .png()
    .toBuffer()
}
