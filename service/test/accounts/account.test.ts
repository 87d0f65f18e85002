/** One's own account: name and address, sessions, tokens, and what is left while it waits to be erased. */
import {
  createdTokenSchema,
  meSchema,
  problemSchema,
  sessionPageSchema,
  tokenPageSchema,
} from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mayRestore } from '../../src/auth/principal.ts'
import { openBrowser } from '../harness/browser.ts'
import { takeMails } from '../harness/mails.ts'
import { createTestService, type TestService, testAddressHeader, testUrl } from '../harness/service.ts'
import { signIn } from '../harness/sessions.ts'
import { findLink, makeAccount, password, press, signInAs, tokenOf } from './people.ts'

let hero: TestService
beforeAll(async () => {
  hero = await createTestService({ settings: { HERO_SIGN_UPS_PER_ADDRESS_AND_DAY: '100', HERO_GRANT_CREDITS: '3' } })
})
afterAll(() => hero.close())

const codeOf = async (response: Response) => problemSchema.parse(await response.json()).code

test('the name can be corrected by a program that may, and by nobody else', async () => {
  const person = await hero.createPerson()
  const patch = (body: unknown, headers: Record<string, string> = {}) =>
    person.request('/v1/me', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  expect(meSchema.parse(await (await patch({ name: '  Grace  ' })).json()).name).toBe('Grace')
  const wrong = await patch({ name: '', email: 'other@example.org' })
  const { errors } = problemSchema.parse(await wrong.json())
  expect(errors?.map(({ pointer }) => pointer).sort()).toEqual(['/email', '/name'])
  const reader = await hero.createPerson({ scopes: ['account:read'] })
  const refused = await reader.request('/v1/me', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"X"}',
  })
  expect(await codeOf(refused)).toBe('missing-scope')
})

test('a new address counts once its mail was opened, the old one is told, and the link is void afterwards', async () => {
  const person = await hero.createPerson({ email: 'old@example.org' })
  const browser = await signIn(hero, person)
  await takeMails(hero)
  expect((await browser.post('/v1/me/email', { email: 'New@Example.org' })).status).toBe(202)
  const me = async () => meSchema.parse(await (await browser.request('/v1/me')).json())
  expect((await me()).email).toBe('old@example.org')
  const link = await findLink(hero, 'new@example.org')
  expect((await press(hero, link)).status).toBe(200)
  expect(await me()).toMatchObject({ email: 'new@example.org', email_verified: true })
  expect((await takeMails(hero)).map(({ to }) => to)).toEqual(['old@example.org'])
  expect((await press(hero, link)).status).toBe(422)
  expect((await press(hero, '/change-email?token=made.up.token')).status).toBe(422)
})

test('an address of somebody else is not taken, and nobody is told whose it is', async () => {
  const person = await hero.createPerson()
  await hero.createPerson({ email: 'taken@example.org' })
  const browser = await signIn(hero, person)
  await takeMails(hero)
  const taken = await browser.post('/v1/me/email', { email: 'taken@example.org' })
  const free = await browser.post('/v1/me/email', { email: 'free@example.org' })
  expect([taken.status, await taken.text()]).toEqual([free.status, await free.text()])
  const link = await findLink(hero, 'free@example.org')
  await hero.createPerson({ email: 'free@example.org' })
  expect((await press(hero, link)).status).toBe(409)
  hero.clock.advance(3_600_000)
  expect((await press(hero, link)).status).toBe(422)
})

test('a session that is not fresh, and a token, change no address', async () => {
  const person = await hero.createPerson()
  const browser = await signIn(hero, person)
  expect(await codeOf(await person.post('/v1/me/email', { email: 'x@example.org' }))).toBe('session-required')
  hero.clock.advance(16 * 60_000)
  expect(await codeOf(await browser.post('/v1/me/email', { email: 'x@example.org' }))).toBe('fresh-session-required')
})

test('sessions are listed with their browser and block, and end at once; those of others are not there', async () => {
  const email = 'sessions@example.org'
  const [here, there] = [openBrowser(hero, '192.0.2.44'), openBrowser(hero, '2001:db8:1:2::3')]
  await makeAccount(hero, here, email)
  await signInAs(here, email)
  await signInAs(there, email)
  const list = async () => sessionPageSchema.parse(await (await here.get('/v1/sessions')).json()).data
  const sessions = await list()
  expect(sessions).toMatchObject([
    { is_current: false, browser: 'Firefox on Linux', address_block: '2001:db8:1::/48' },
    { is_current: true, browser: 'Firefox on Linux', address_block: '192.0.2.0/24' },
  ])
  const [other] = sessions
  const stranger = await signIn(hero, await hero.createPerson())
  const end = (browser: { request(path: string, init: RequestInit): Promise<Response> }, id = '') =>
    browser.request(`/v1/sessions/${id}`, { method: 'DELETE' })
  expect((await end(stranger, other?.id)).status).toBe(404)
  expect((await end(stranger, 'ses_nonsense')).status).toBe(404)
  expect((await there.get('/v1/me')).status).toBe(200)
  const owner = {
    request: (path: string, init: RequestInit) =>
      hero.request(path, { ...init, headers: { cookie: here.cookieHeader(), origin: testUrl } }),
  }
  expect((await end(owner, other?.id)).status).toBe(204)
  expect((await there.get('/v1/me')).status).toBe(401)
  expect(await list()).toHaveLength(1)
  const rows = await hero.service.db.selectFrom('session').select(['ipAddress']).execute()
  expect(JSON.stringify(rows)).not.toContain('192.0.2.44')
})

test('a session ends after thirty days however much it is used', async () => {
  const late = await createTestService()
  try {
    const browser = await signIn(late, await late.createPerson())
    expect((await browser.request('/v1/me')).status).toBe(200)
    late.clock.advance(30 * 86_400_000)
    expect((await browser.request('/v1/me')).status).toBe(401)
  } finally {
    await late.close()
  }
})

test('a token is shown once, works within its scopes and its time, and is revoked at once', async () => {
  const person = await hero.createPerson()
  const browser = await signIn(hero, person)
  const wish = { name: 'CI', scopes: ['account:read', 'account:read'], expires_in_days: 1 }
  const headers = { 'idempotency-key': 'one' }
  const created = await browser.post('/v1/tokens', wish, headers)
  expect(created.status).toBe(201)
  const token = createdTokenSchema.parse(await created.json())
  expect(token).toMatchObject({ name: 'CI', scopes: ['account:read'], kind: 'api_key' })
  const replay = createdTokenSchema.parse(await (await browser.post('/v1/tokens', wish, headers)).json())
  expect(replay).toEqual({ ...token, token: null })
  const rows = await hero.service.db.selectFrom('idempotency_key').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(token.token)

  const use = (path: string, method = 'GET') =>
    hero.request(path, {
      method,
      headers: { authorization: `Bearer ${token.token}`, 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: '{}' }),
    })
  expect((await use('/v1/me')).status).toBe(200)
  expect(await codeOf(await use('/v1/me', 'PATCH'))).toBe('missing-scope')
  expect(await codeOf(await use('/v1/tokens', 'POST'))).toBe('session-required')
  const listed = tokenPageSchema.parse(await (await browser.request('/v1/tokens?limit=1')).json())
  expect(listed.data).toMatchObject([{ id: token.id, last_used_on: hero.clock.now().toISOString().slice(0, 10) }])
  expect(listed.next_cursor).not.toBeNull()
  const rest = tokenPageSchema.parse(await (await browser.request(`/v1/tokens?cursor=${listed.next_cursor}`)).json())
  expect(rest.data.map(({ name }) => name)).toEqual(['test'])

  const stranger = await signIn(hero, await hero.createPerson())
  expect((await stranger.request(`/v1/tokens/${token.id}`, { method: 'DELETE' })).status).toBe(404)
  expect((await browser.request(`/v1/tokens/${token.id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await browser.request(`/v1/tokens/${token.id}`, { method: 'DELETE' })).status).toBe(404)
  expect((await use('/v1/me')).status).toBe(401)

  const short = createdTokenSchema.parse(await (await browser.post('/v1/tokens', wish)).json())
  const useShort = () => hero.request('/v1/me', { headers: { authorization: `Bearer ${short.token}` } })
  expect((await useShort()).status).toBe(200)
  hero.clock.advance(86_400_000)
  expect((await useShort()).status).toBe(401)
  const wrong = await browser.post('/v1/tokens', { name: 'x', scopes: ['everything'], color: 1 })
  expect(
    problemSchema
      .parse(await wrong.json())
      .errors?.map(({ pointer }) => pointer)
      .sort(),
  ).toEqual(['/color', '/scopes/0'])
})

test('an account has its number of tokens, also when twenty are asked for at once', async () => {
  const person = await hero.createPerson()
  const browser = await signIn(hero, person)
  const { db } = hero.service
  const { hash: _, ...row } = await db
    .selectFrom('access_token')
    .selectAll()
    .where('user_id', '=', person.userId)
    .executeTakeFirstOrThrow()
  const many = Array.from({ length: 89 }, (_, at) => ({
    ...row,
    id: row.id.replace(/.{4}$/, String(1000 + at)),
    hash: Buffer.from(`${person.userId} ${at}`),
  }))
  await db.insertInto('access_token').values(many).execute()
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => browser.post('/v1/tokens', { name: 'x', scopes: ['account:read'] })),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(10)
})

test('while an account waits to be erased nothing of it works but the way back', async () => {
  const email = 'leaving@example.org'
  const browser = openBrowser(hero)
  await makeAccount(hero, browser, email)
  await signInAs(browser, email)
  const me = meSchema.parse(await (await browser.get('/v1/me')).json())
  const made = await browser.post('/v1/tokens', { name: 'x', scopes: ['account:read'] }, { 'idempotency-key': 'k' })
  const { token } = createdTokenSchema.parse(await made.json())
  const asked = () =>
    new Request(`${testUrl}/v1/me/restore`, {
      method: 'POST',
      headers: { cookie: browser.cookieHeader(), origin: testUrl },
    })
  expect(await mayRestore(hero.service, asked())).toBeUndefined()
  const { db, clock } = hero.service
  await db.updateTable('user').set({ erasureDueAt: clock.now() }).where('email', '=', email).execute()
  expect((await browser.get('/v1/me')).status).toBe(401)
  expect((await hero.request('/v1/me', { headers: { authorization: `Bearer ${token}` } })).status).toBe(401)
  expect(
    (await browser.post('/api/auth/change-password', { current_password: password, new_password: 'something else' }))
      .status,
  ).toBe(401)
  const again = await signInAs(browser, email)
  expect([again.status, await again.json()]).toEqual([200, { status: 'waits-for-erasure' }])
  expect((await signInAs(openBrowser(hero), email, 'wrong password')).status).toBe(401)
  expect((await browser.get('/v1/me')).status).toBe(401)
  const { id } = await db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirstOrThrow()
  expect(await mayRestore(hero.service, asked())).toMatchObject({ userId: id })
  expect(me.id).toContain(id.slice(-12))
  const foreign = new Request(asked(), { headers: { cookie: browser.cookieHeader(), origin: 'http://evil.test' } })
  await expect(mayRestore(hero.service, foreign)).rejects.toMatchObject({ code: 'forbidden-origin' })
  await db
    .updateTable('user')
    .set({ erasureDueAt: new Date(clock.now().getTime() + 1000) })
    .where('id', '=', id)
    .execute()
  expect((await openBrowser(hero).post('/v1/me/restore', {})).status).toBe(401)
  expect((await browser.post('/v1/me/restore', {})).status).toBe(204)
  expect((await browser.get('/v1/me')).status).toBe(200)
  expect((await browser.post('/v1/me/restore', {})).status).toBe(401)
})

test('nothing of better-auth is open but what we call, and a client cannot say where it comes from', async () => {
  const browser = await signIn(hero, await hero.createPerson())
  const paths = [
    'get-session',
    'list-sessions',
    'list-accounts',
    'ok',
    'error',
    'account-info',
    'reset-password/x?callbackURL=/',
  ]
  for (const path of paths)
    expect([path, (await browser.request(`/api/auth/${path}`)).status]).toEqual([
      path,
      path.startsWith('reset-password') ? 404 : 404,
    ])
  for (const path of [
    'update-user',
    'update-session',
    'revoke-sessions',
    'delete-user',
    'link-social',
    'get-access-token',
    'set-password',
    'verify-password',
  ]) {
    const { status } = await browser.post(`/api/auth/${path}`, {})
    expect([path, [404, 405].includes(status)]).toEqual([path, true])
  }
  const email = 'header@example.org'
  const signUp = openBrowser(hero, '192.0.2.9')
  await makeAccount(hero, signUp, email)
  await signUp.post(
    '/api/auth/sign-in/email',
    { email, password },
    { 'x-hero-address': '203.0.113.99', 'x-forwarded-for': '203.0.113.98' },
  )
  const [session] = sessionPageSchema.parse(await (await signUp.get('/v1/sessions')).json()).data
  expect(session?.address_block).toBe('192.0.2.0/24')
})

test('large, broken and odd bodies are problems', async () => {
  const send = (body: string, type = 'application/json') =>
    hero.request('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { origin: testUrl, 'content-type': type, [testAddressHeader]: '192.0.2.3' },
      body,
    })
  expect((await send(JSON.stringify({ email: 'a@example.org', password: 'x'.repeat(20_000) }))).status).toBe(413)
  expect(await codeOf(await send('{'))).toBe('invalid-json')
  expect(await codeOf(await send('{"email":"a\\u0000@example.org","password":"x"}'))).toBe('invalid-fields')
  expect(await codeOf(await send('[]'))).toBe('invalid-fields')
})

test('first credits are given once: not again for a new address, an added identity, or a mailbox with a note', async () => {
  const browser = openBrowser(hero)
  await makeAccount(hero, browser, 'grant@example.org')
  await signInAs(browser, 'grant@example.org')
  const credits = async (asked = browser) => (await asked.get('/v1/credits')).json()
  expect(await credits()).toMatchObject({ available: 3 })
  await makeAccount(hero, browser, 'grant+again@example.org')
  const second = openBrowser(hero)
  await signInAs(second, 'grant+again@example.org')
  expect(await credits(second)).toMatchObject({ available: 0 })

  await browser.post('/v1/me/email', { email: 'moved@example.org' })
  await press(hero, await findLink(hero, 'moved@example.org'))
  await browser.post('/api/auth/request-password-reset', { email: 'moved@example.org' })
  const token = tokenOf(await findLink(hero, 'moved@example.org'))
  await browser.post('/api/auth/reset-password', { token, new_password: password })
  await signInAs(browser, 'moved@example.org')
  expect(await credits()).toMatchObject({ available: 3 })
  // The address that was left stays claimed as long as the account is there.
  await makeAccount(hero, second, 'grant@example.org')
  await signInAs(second, 'grant@example.org')
  expect(await credits(second)).toMatchObject({ available: 0 })
})
