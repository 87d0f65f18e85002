/** Accounts with a password: sign-up, sign-in, reset, change, sign-out. */
import { deviceGrantType, problemSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openBrowser } from '../harness/browser.ts'
import { printCounts } from '../harness/counts.ts'
import { takeMails } from '../harness/mails.ts'
import { createTestService, type TestService } from '../harness/service.ts'
import { findLink, makeAccount, password, press, signInAs, tokenOf } from './people.ts'

let hero: TestService
beforeAll(async () => {
  hero = await createTestService({ settings: { HERO_SIGN_UPS_PER_ADDRESS_AND_DAY: '100', HERO_GRANT_CREDITS: '7' } })
})
afterAll(() => hero.close())

const problemOf = async (response: Response) => problemSchema.parse(await response.json()).code

test('sign-up, verification, sign-in, and who one is', async () => {
  const browser = openBrowser(hero)
  const email = 'first@example.org'
  const signUp = { name: 'Ada', email, password, age_confirmed: true }
  expect((await browser.post('/api/auth/sign-up/email', signUp)).status).toBe(202)
  const early = await signInAs(browser, email)
  expect(early.status).toBe(403)
  expect(await problemOf(early)).toBe('email-not-verified')
  expect(browser.cookies.size).toBe(0)

  expect((await press(hero, await findLink(hero, email))).status).toBe(200)
  expect((await signInAs(browser, email)).status).toBe(200)
  const me = await (await browser.get('/v1/me')).json()
  expect(me).toMatchObject({ name: 'Ada', email, email_verified: true, has_password: true })
  const credits = await (await browser.get('/v1/credits')).json()
  expect(credits).toMatchObject({ available: 7 })
})

test('who is too young leaves nothing', async () => {
  const browser = openBrowser(hero)
  const before = await hero.service.db.selectFrom('user').select('id').execute()
  const signUp = { name: 'Kid', email: 'kid@example.org', password, age_confirmed: false }
  const refused = await browser.post('/api/auth/sign-up/email', signUp)
  expect(await problemOf(refused)).toBe('too-young')
  const { age_confirmed: _, ...unsaid } = signUp
  const unclear = await browser.post('/api/auth/sign-up/email', unsaid)
  expect(problemSchema.parse(await unclear.json()).errors).toMatchObject([{ pointer: '/age_confirmed' }])
  expect(await hero.service.db.selectFrom('user').select('id').execute()).toHaveLength(before.length)
  expect(await takeMails(hero)).toEqual([])
  expect(hero.logLines.join('')).not.toContain('kid@example.org')
})

test('S1 a cookie from before signing in is useless after it; signing out ends the session at once', async () => {
  const email = 'fixation@example.org'
  const browser = openBrowser(hero)
  await makeAccount(hero, browser, email)
  await signInAs(browser, email)
  const before = browser.cookieHeader()
  await signInAs(browser, email)
  const after = browser.cookieHeader()
  expect(after).not.toBe(before)
  const withCookie = (cookie: string) => hero.request('/v1/me', { headers: { cookie } })
  expect((await withCookie(before)).status).toBe(401)
  expect((await withCookie(after)).status).toBe(200)
  expect((await browser.post('/api/auth/sign-out', {})).status).toBe(204)
  expect((await withCookie(after)).status).toBe(401)
  printCounts('S1 fixation', { sessions: 2, useless: 2 })
})

test('S1 changing the password kills all other sessions at once, and this one goes on', async () => {
  const email = 'change@example.org'
  const [here, there] = [openBrowser(hero), openBrowser(hero)]
  await makeAccount(hero, here, email)
  await signInAs(here, email)
  await signInAs(there, email)
  const change = { current_password: password, new_password: 'another long password' }
  const wrong = await here.post('/api/auth/change-password', { ...change, current_password: 'wrong password' })
  expect(problemSchema.parse(await wrong.json()).errors).toMatchObject([{ pointer: '/current_password' }])
  expect((await there.get('/v1/me')).status).toBe(200)
  expect((await here.post('/api/auth/change-password', change)).status).toBe(204)
  expect((await there.get('/v1/me')).status).toBe(401)
  expect((await here.get('/v1/me')).status).toBe(200)
  expect((await signInAs(there, email)).status).toBe(401)
  expect((await signInAs(there, email, change.new_password)).status).toBe(200)
  expect((await here.post('/api/auth/sign-out', { everywhere: true })).status).toBe(204)
  expect((await there.get('/v1/me')).status).toBe(401)
  printCounts('S1 password change', { 'other sessions': 1, alive: 0 })
})

test('a reset works once, ends sessions and tokens, and verifies the address', async () => {
  const email = 'reset@example.org'
  const browser = openBrowser(hero)
  await makeAccount(hero, browser, email)
  await signInAs(browser, email)
  expect((await browser.post('/api/auth/request-password-reset', { email })).status).toBe(202)
  const link = await findLink(hero, email)
  const token = tokenOf(link)
  const wish = { token, new_password: 'a completely new one' }
  expect((await openBrowser(hero).post('/api/auth/reset-password', wish)).status).toBe(204)
  expect((await openBrowser(hero).post('/api/auth/reset-password', wish)).status).toBe(422)
  expect((await browser.get('/v1/me')).status).toBe(401)
  expect((await signInAs(browser, email)).status).toBe(401)
  expect((await signInAs(browser, email, wish.new_password)).status).toBe(200)
})

test('whoever was in an account is out after a reset, with all that was prepared to come back', async () => {
  const email = 'recovered@example.org'
  const [owner, thief] = [openBrowser(hero), openBrowser(hero, '198.51.100.99')]
  await makeAccount(hero, owner, email)
  await signInAs(thief, email)
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const begun = await hero.request('/oauth/device_authorization', {
    method: 'POST',
    headers: form,
    body: 'client_id=hero-image',
  })
  const { device_code, user_code } = z
    .object({ device_code: z.string(), user_code: z.string() })
    .parse(await begun.json())
  expect((await thief.post('/v1/device/approve', { user_code })).status).toBe(200)
  const made = await thief.post('/v1/tokens', { name: 'x', scopes: ['account:read'] }, { 'idempotency-key': 'thief' })
  const { token } = z.object({ token: z.string() }).parse(await made.json())
  expect((await thief.post('/v1/me/email', { email: 'thief@example.org' })).status).toBe(202)
  const emailLink = await findLink(hero, 'thief@example.org')
  await thief.post('/api/auth/request-password-reset', { email })
  const resetOfThief = tokenOf(await findLink(hero, email))

  await owner.post('/api/auth/request-password-reset', { email })
  const reset = tokenOf(await findLink(hero, email))
  const wish = { token: reset, new_password: 'only the owner knows' }
  expect((await owner.post('/api/auth/reset-password', wish)).status).toBe(204)

  expect((await thief.get('/v1/me')).status).toBe(401)
  expect((await hero.request('/v1/me', { headers: { authorization: `Bearer ${token}` } })).status).toBe(401)
  const body = new URLSearchParams({ grant_type: deviceGrantType, client_id: 'hero-image', device_code })
  expect((await hero.request('/oauth/token', { method: 'POST', headers: form, body })).status).toBe(400)
  expect((await press(hero, emailLink)).status).toBe(422)
  const again = { token: resetOfThief, new_password: 'the thief once more' }
  expect((await thief.post('/api/auth/reset-password', again)).status).toBe(422)
  expect((await signInAs(owner, email, wish.new_password)).status).toBe(200)
})

test('whoever signed up with the address of somebody else is out when its owner resets the password', async () => {
  const email = 'victim@example.org'
  const attacker = openBrowser(hero, '198.51.100.66')
  await attacker.post('/api/auth/sign-up/email', { name: 'X', email, password: 'password of X', age_confirmed: true })
  await takeMails(hero)
  const owner = openBrowser(hero)
  await owner.post('/api/auth/sign-up/email', { name: 'Vic', email, password, age_confirmed: true })
  const [mail] = await takeMails(hero)
  // No link that verifies the account of the attacker.
  expect(mail?.text).not.toContain('verify-email')
  await owner.post('/api/auth/request-password-reset', { email })
  const token = tokenOf(await findLink(hero, email))
  await owner.post('/api/auth/reset-password', { token, new_password: password })
  expect((await signInAs(attacker, email, 'password of X')).status).toBe(401)
  expect((await signInAs(owner, email)).status).toBe(200)
})

test('S2 another origin, none, and other types of bodies are refused on every way in', async () => {
  const email = 'origin@example.org'
  const browser = openBrowser(hero)
  await makeAccount(hero, browser, email)
  await signInAs(browser, email)
  const paths = [
    '/api/auth/sign-up/email',
    '/api/auth/sign-in/email',
    '/api/auth/sign-in/social',
    '/api/auth/sign-out',
    '/api/auth/send-verification-email',
    '/api/auth/request-password-reset',
    '/api/auth/reset-password',
    '/api/auth/change-password',
    '/v1/tokens',
    '/v1/me/email',
    '/v1/device/approve',
  ]
  const counts = { 'wrong origin': 0, 'no origin': 0, 'text/plain': 0, form: 0 }
  for (const path of paths) {
    const send = (headers: Record<string, string>) =>
      hero.request(path, { method: 'POST', headers: { cookie: browser.cookieHeader(), ...headers }, body: '{}' })
    const json = { 'content-type': 'application/json' }
    const own = { origin: 'http://hero.test' }
    const foreign = ['http://evil.test', 'null', 'http://hero.test.evil.test', 'https://hero.test']
    for (const origin of foreign) {
      expect([path, origin, (await send({ ...json, origin })).status]).toEqual([path, origin, 403])
      counts['wrong origin'] += 1
    }
    expect([path, (await send(json)).status]).toEqual([path, 403])
    counts['no origin'] += 1
    expect([path, (await send({ ...own, 'content-type': 'text/plain' })).status]).toEqual([path, 415])
    counts['text/plain'] += 1
    const form = { ...own, 'content-type': 'application/x-www-form-urlencoded' }
    expect([path, (await send(form)).status]).toEqual([path, 415])
    counts.form += 1
  }
  expect((await browser.get('/v1/me')).status).toBe(200)
  printCounts('S2 refused', counts)
})

test('S3 five wrong passwords a minute, then 429 before anything is hashed; others are not touched', async () => {
  const email = 'guessed@example.org'
  const attacker = openBrowser(hero, '198.51.100.7')
  await makeAccount(hero, attacker, email)
  await makeAccount(hero, attacker, 'bystander@example.org')
  const context = await hero.service.auth.$context
  const { verify } = context.password
  let verified = 0
  context.password.verify = async (data) => {
    verified += 1
    return verify(data)
  }
  const statuses: number[] = []
  for (let guess = 0; guess < 8; guess += 1)
    statuses.push((await signInAs(attacker, email, `wrong guess ${guess}`)).status)
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429])
  expect(verified).toBe(5)
  const right = await signInAs(attacker, email)
  expect(right.status).toBe(429)
  expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await problemOf(right)).toBe('too-many-requests')
  expect(verified).toBe(5)
  const elsewhere = await signInAs(openBrowser(hero, '203.0.113.9'), email)
  const bystander = await signInAs(attacker, 'bystander@example.org')
  expect([elsewhere.status, bystander.status]).toEqual([200, 200])
  hero.clock.advance(60_000)
  expect((await signInAs(attacker, email)).status).toBe(200)
  context.password.verify = verify
  printCounts('S3', { wrong: 5, hashed: 5, 'refused unhashed': 4, 'others refused': 0 })
})

test('a sender that tries ever other accounts is stopped, and leaves no more to remember', async () => {
  const attacker = openBrowser(hero, '198.51.100.9')
  const context = await hero.service.auth.$context
  const { hash } = context.password
  // Unknown accounts are hashed for, too; here only their number counts.
  context.password.hash = async () => 'unused'
  hero.clock.advance(60_000)
  await hero.service.db.deleteFrom('rate_bucket').where('kind', '=', 'password').execute()
  const answers = await Promise.all(
    Array.from({ length: 80 }, (_, at) => signInAs(attacker, `stranger${at}@example.org`, 'one password')),
  )
  context.password.hash = hash
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(30)
  const kept = await hero.service.db.selectFrom('rate_bucket').select('kind').where('kind', '=', 'password').execute()
  expect(kept).toHaveLength(50)
})

test('a subscriber with thousands of networks is one who guesses', async () => {
  const context = await hero.service.auth.$context
  const { hash } = context.password
  context.password.hash = async () => 'unused'
  const guess = async (address: string): Promise<number> =>
    (await signInAs(openBrowser(hero, address), 'networks@example.org', 'a guess')).status
  const statuses = await Promise.all(
    Array.from({ length: 60 }, (_, network) => guess(`2001:db8:7:${network.toString(16)}::1`)),
  )
  expect(statuses.filter((status) => status === 401)).toHaveLength(50)
  expect(statuses.filter((status) => status === 429)).toHaveLength(10)
  expect(await guess('2001:db8:8::1')).toBe(401)
  context.password.hash = hash
})

test('S3 twenty guesses at once are five', async () => {
  const email = 'burst@example.org'
  const attacker = openBrowser(hero, '198.51.100.8')
  await makeAccount(hero, attacker, email)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, guess) => signInAs(attacker, email, `wrong ${guess}`)),
  )
  const refused = answers.filter(({ status }) => status === 429).length
  expect(refused).toBe(15)
  printCounts('S3 at once', { guesses: 20, tried: 20 - refused, refused })
})

test('S4 twenty sign-ups at once with one address: one user, one account, and the same answer', async () => {
  const email = 'twenty@example.org'
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      openBrowser(hero, `203.0.${at}.1`).post('/api/auth/sign-up/email', {
        name: 'Ada',
        email,
        password,
        age_confirmed: true,
      }),
    ),
  )
  const bodies = new Set(await Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`)))
  const users = await hero.service.db.selectFrom('user').select('id').where('email', '=', email).execute()
  const accounts = await hero.service.db
    .selectFrom('account')
    .select('id')
    .where(
      'userId',
      'in',
      users.map(({ id }) => id),
    )
    .execute()
  printCounts('S4', {
    'sign-ups': 20,
    users: users.length,
    accounts: accounts.length,
    'different answers': bodies.size,
  })
  expect([users.length, accounts.length]).toEqual([1, 1])
  expect([...bodies]).toEqual(['202 {"status":"mail-sent"}'])
})

test('S8 sign-up, reset and sign-in answer alike whether there is an account or not', async () => {
  const known = 'known@example.org'
  await makeAccount(hero, openBrowser(hero), known)
  const unknown = 'nobody@example.org'
  const ask = async (path: string, body: (email: string) => unknown) => {
    const [one, other] = [
      await openBrowser(hero, '203.0.113.1').post(path, body(known)),
      await openBrowser(hero, '203.0.113.1').post(path, body(unknown)),
    ]
    const shape = async (answer: Response) => {
      const { request_id: _, ...rest } = z.looseObject({}).parse(await answer.json())
      return [answer.status, rest, [...answer.headers.keys()].filter((name) => !name.startsWith('ratelimit')).sort()]
    }
    expect(await shape(one)).toEqual(await shape(other))
  }
  await ask('/api/auth/sign-in/email', (email) => ({ email, password: 'not the password' }))
  await ask('/api/auth/request-password-reset', (email) => ({ email }))
  await ask('/api/auth/send-verification-email', (email) => ({ email }))
  await ask('/api/auth/sign-up/email', (email) => ({ name: 'Ada', email, password, age_confirmed: true }))
  printCounts('S8', { ways: 4, 'that differ': 0 })
})

test('an address block has its number of sign-ups a day, whoever tries', async () => {
  const capped = await createTestService({ settings: { HERO_SIGN_UPS_PER_ADDRESS_AND_DAY: '3' } })
  try {
    const signUp = async (address: string, at: number) => {
      const body = { name: 'Ada', email: `cap${at}@example.org`, password, age_confirmed: true }
      return (await openBrowser(capped, address).post('/api/auth/sign-up/email', body)).status
    }
    const statuses = [await signUp('192.0.2.1', 1), await signUp('192.0.2.2', 2), await signUp('192.0.2.3', 3)]
    expect([...statuses, await signUp('192.0.2.250', 4)]).toEqual([202, 202, 202, 429])
    expect(await signUp('192.0.3.1', 5)).toBe(202)
    capped.clock.advance(86_400_000)
    expect(await signUp('192.0.2.1', 6)).toBe(202)
    const signals = await capped.service.db.selectFrom('abuse_signal').select(['kind', 'count']).execute()
    expect(signals).toEqual([{ kind: 'sign-up-cap', count: 1 }])
  } finally {
    await capped.close()
  }
})
