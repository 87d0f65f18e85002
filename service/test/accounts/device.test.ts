/** Device sign-in, as a stock OAuth client library does it. */
import { problemSchema } from '@hero-image/client/contract'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { printCounts } from '../harness/counts.ts'
import { createTestService, type Person, type TestService, testAddressHeader, testUrl } from '../harness/service.ts'
import { type SignedIn, signIn } from '../harness/sessions.ts'

let hero: TestService
let server: oauth.AuthorizationServer
let person: Person
let browser: SignedIn
beforeAll(async () => {
  hero = await createTestService()
  server = await oauth.processDiscoveryResponse(
    new URL(testUrl),
    await oauth.discoveryRequest(new URL(testUrl), { algorithm: 'oauth2', ...options }),
  )
})
beforeEach(async () => {
  person = await hero.createPerson()
  browser = await signIn(hero, person)
})
afterAll(() => hero.close())

const client: oauth.Client = { client_id: 'hero-image' }
const options = {
  [oauth.allowInsecureRequests]: true,
  [oauth.customFetch]: (
    url: string,
    { method, headers, body }: oauth.CustomFetchOptions<string, URLSearchParams | undefined>,
  ): Promise<Response> => {
    const { pathname } = new URL(url)
    return hero.request(pathname, { ...(method && { method }), ...(headers && { headers }), ...(body && { body }) })
  },
}

async function begin(parameters: Record<string, string> = {}): Promise<oauth.DeviceAuthorizationResponse> {
  const response = await oauth.deviceAuthorizationRequest(server, client, oauth.None(), parameters, options)
  return oauth.processDeviceAuthorizationResponse(server, client, response)
}

async function ask(deviceCode: string, asking = client): Promise<oauth.TokenEndpointResponse | string> {
  const response = await oauth.deviceCodeGrantRequest(server, asking, oauth.None(), deviceCode, options)
  try {
    return await oauth.processDeviceCodeResponse(server, asking, response)
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError) return error.error
    throw error
  }
}

const say = (what: 'approve' | 'deny' | 'look-up', user_code: string): Promise<Response> =>
  browser.post(`/v1/device/${what}`, { user_code })

test('S5 pending, slow_down, approved, token once; forms of a stock client library', async () => {
  const {
    device_code,
    user_code,
    interval = 5,
  } = await begin({ scope: 'account:read projects:read', client_name: 'Laptop' })
  expect(await ask(device_code)).toBe('authorization_pending')
  expect(await ask(device_code)).toBe('slow_down')
  hero.clock.advance(interval * 1000 + 1)
  // Slower by five seconds from then on.
  expect(await ask(device_code)).toBe('slow_down')
  hero.clock.advance(interval * 1000 + 10_001)
  expect(await ask(device_code)).toBe('authorization_pending')

  const wish = await (await say('look-up', user_code.toLowerCase().replace('-', ' '))).json()
  expect(wish).toEqual({ client_name: 'Laptop', scopes: ['account:read', 'projects:read'], state: 'pending' })
  expect((await say('approve', user_code)).status).toBe(200)
  expect((await say('approve', user_code)).status).toBe(409)
  expect((await say('deny', user_code)).status).toBe(409)

  const answer = await ask(device_code)
  if (typeof answer === 'string') throw new Error(answer)
  expect(answer).toMatchObject({ token_type: 'bearer', scope: 'account:read projects:read' })
  const asDevice = (path: string) => hero.request(path, { headers: { authorization: `Bearer ${answer.access_token}` } })
  expect(await (await asDevice('/v1/me')).json()).toMatchObject({ email: `${person.userId}@example.org` })
  expect((await asDevice('/v1/credits')).status).toBe(403)
  expect(await ask(device_code)).toBe('invalid_grant')
  expect((await asDevice('/v1/me')).status).toBe(200)

  const revoked = await oauth.revocationRequest(server, client, oauth.None(), answer.access_token, options)
  await oauth.processRevocationResponse(revoked)
  expect((await asDevice('/v1/me')).status).toBe(401)
  const events = await hero.service.db
    .selectFrom('audit_event')
    .select('action')
    .where('user_id', '=', person.userId)
    .orderBy('id')
    .execute()
  expect(events.map(({ action }) => action)).toEqual(['signed-in', 'device-approved', 'token-created', 'token-revoked'])
  const unknown = await oauth.revocationRequest(server, client, oauth.None(), 'no token of ours', options)
  await oauth.processRevocationResponse(unknown)
  printCounts('S5', { pending: 2, slow_down: 2, tokens: 1, 'reuse refused': 1, revoked: 1 })
})

test('the name of a device holds nothing invisible', async () => {
  const { user_code } = await begin({ client_name: 'Lap\u0000top\u202e\n' })
  expect(await (await say('look-up', user_code)).json()).toMatchObject({ client_name: 'Laptop' })
})

test('S5 denied, expired, unknown, another client, another grant', async () => {
  const denied = await begin()
  expect((await say('deny', denied.user_code)).status).toBe(200)
  expect(await ask(denied.device_code)).toBe('access_denied')

  const expired = await begin()
  await say('approve', expired.user_code)
  hero.clock.advance(15 * 60_000)
  expect(await ask(expired.device_code)).toBe('expired_token')
  expect((await say('look-up', expired.user_code)).status).toBe(404)

  const { device_code } = await begin()
  expect(await ask(device_code, { client_id: 'somebody-else' })).toBe('invalid_client')
  expect(await ask('no such code')).toBe('invalid_grant')
  await expect(begin({ scope: 'account:write' })).rejects.toMatchObject({ error: 'invalid_scope' })
  await expect(begin({ scope: 'everything' })).rejects.toMatchObject({ error: 'invalid_scope' })
  const form = (body: string, type = 'application/x-www-form-urlencoded') =>
    hero.request('/oauth/token', { method: 'POST', headers: { 'content-type': type }, body })
  const other = await form('grant_type=password&device_code=x&client_id=hero-image')
  expect([other.status, await other.json()]).toMatchObject([400, { error: 'unsupported_grant_type' }])
  const incomplete = await form('client_id=hero-image')
  const body = await incomplete.json()
  expect([incomplete.status, body]).toMatchObject([400, { error: 'invalid_request' }])
  expect(problemSchema.safeParse(body).success).toBe(true)
  expect((await form('{}', 'application/json')).status).toBe(415)
  printCounts('S5 refused', {
    denied: 1,
    expired: 1,
    'wrong client': 1,
    unknown: 1,
    scopes: 2,
    grants: 1,
    'bad forms': 2,
  })
})

test('S5 twenty devices with one code at once get one token', async () => {
  const { device_code, user_code } = await begin()
  await say('approve', user_code)
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(device_code)))
  const tokens = answers.filter((answer) => typeof answer !== 'string').length
  expect(tokens).toBe(1)
  expect(new Set(answers.filter((answer) => typeof answer === 'string'))).toEqual(new Set(['invalid_grant']))
  printCounts('S5 at once', { asked: 20, tokens })
})

test('S5 codes cannot be guessed: ten wrong ones, and the person waits; strangers and tokens approve nothing', async () => {
  const { user_code } = await begin()
  const statuses: number[] = []
  for (let guess = 0; guess < 12; guess += 1) statuses.push((await say('approve', 'BBBB-BBBB')).status)
  expect(statuses).toEqual([...Array(10).fill(404), 429, 429])
  expect((await say('approve', user_code)).status).toBe(429)
  const body = JSON.stringify({ user_code })
  const headers = { 'content-type': 'application/json', origin: testUrl }
  expect((await hero.request('/v1/device/approve', { method: 'POST', headers, body })).status).toBe(401)
  expect((await person.post('/v1/device/approve', { user_code })).status).toBe(403)
  hero.clock.advance(600_000)
  const fresh = await begin()
  expect((await say('approve', fresh.user_code)).status).toBe(200)
  printCounts('S5 guesses', { wrong: 10, 'then refused': 3, 'bits of a code': 34 })
})

test('one sender begins so many sign-ins, and an account that waits to be erased gets no token', async () => {
  const { device_code, user_code } = await begin()
  await say('approve', user_code)
  const { db, clock } = hero.service
  await db.updateTable('user').set({ erasureDueAt: clock.now() }).where('id', '=', person.userId).execute()
  expect(await ask(device_code)).toBe('access_denied')

  const statuses: number[] = []
  for (let count = 0; count < 31; count += 1) {
    const response = await hero.request('/oauth/device_authorization', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', [testAddressHeader]: '203.0.113.50' },
      body: 'client_id=hero-image',
    })
    statuses.push(response.status)
  }
  expect(statuses).toEqual([...Array(30).fill(200), 429])
})

test('a subscriber with thousands of networks does not begin thousands of times', async () => {
  const ask = async (network: number): Promise<number> => {
    const headers = {
      [testAddressHeader]: `2001:db8:9:${network.toString(16)}::1`,
      'content-type': 'application/x-www-form-urlencoded',
    }
    const body = 'client_id=hero-image'
    return (await hero.request('/oauth/device_authorization', { method: 'POST', headers, body })).status
  }
  const statuses = await Promise.all(Array.from({ length: 310 }, (_, network) => ask(network)))
  expect(statuses.filter((status) => status === 200)).toHaveLength(300)
  expect(statuses.filter((status) => status === 429)).toHaveLength(10)
})
