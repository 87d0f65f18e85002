/** Signing in with GitHub and Google, against a server that checks what they check. */
import { redirectSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Browser, openBrowser } from '../harness/browser.ts'
import { printCounts } from '../harness/counts.ts'
import { type Identity, type IdentityProvider, startIdentityProvider } from '../harness/identity-provider.ts'
import { createTestService, type TestService, testUrl } from '../harness/service.ts'
import { makeAccount, password, signInAs } from './people.ts'

let hero: TestService
let provider: IdentityProvider
beforeAll(async () => {
  provider = await startIdentityProvider()
  hero = await createTestService({
    settings: {
      HERO_SIGN_UPS_PER_ADDRESS_AND_DAY: '200',
      HERO_GRANT_CREDITS: '5',
      GITHUB_CLIENT_ID: 'github-client',
      GITHUB_CLIENT_SECRET: 'provider-secret',
      GOOGLE_CLIENT_ID: 'google-client',
      GOOGLE_CLIENT_SECRET: 'provider-secret',
    },
  })
})
afterAll(async () => {
  await hero.close()
  await provider.close()
})

const providers = ['github', 'google'] as const
type Provider = (typeof providers)[number]
let lastId = 1000
const createIdentity = (email: string, verified = true): Identity => {
  lastId += 1
  return { id: String(lastId), name: 'Grace', email, verified }
}

async function begin(browser: Browser, name: Provider, wish: object = { age_confirmed: true }): Promise<string> {
  const response = await browser.post('/api/auth/sign-in/social', { provider: name, ...wish })
  expect(response.status).toBe(200)
  return redirectSchema.parse(await response.json()).url
}

/** All of it, and where the browser ends up. */
async function signInWith(browser: Browser, name: Provider, identity: Identity, wish?: object): Promise<string> {
  const url = await begin(browser, name, wish)
  provider.identity = identity
  const { pathname, search } = provider.consent(url)
  const response = await browser.get(pathname + search)
  expect(response.status).toBe(302)
  return response.headers.get('location') ?? ''
}

const users = (email: string) => hero.service.db.selectFrom('user').selectAll().where('email', '=', email).execute()
const me = async (browser: Browser) => (await browser.get('/v1/me')).json()

test('a name that a provider tells becomes a line: its owner could not correct it there', async () => {
  const browser = openBrowser(hero)
  const email = 'steering@example.org'
  await signInWith(browser, 'github', { ...createIdentity(email), name: 'Grace\u202e\r\n\u001b[2J H' })
  expect((await users(email)).map(({ name }) => name)).toEqual(['Grace [2J H'])
})

test.each(providers)(
  '%s: a new person is let in with a confirmed age, once, and signs in again without',
  async (name) => {
    const identity = createIdentity(`new-${name}@example.org`)
    const browser = openBrowser(hero)
    expect(await signInWith(browser, name, identity, { age_confirmed: true, return_to: '/projects?tab=1' })).toBe(
      `${testUrl}/projects?tab=1`,
    )
    expect(await me(browser)).toMatchObject({
      name: 'Grace',
      email: identity.email,
      email_verified: true,
      sign_in_with: [name],
      has_password: false,
      avatar_url: null,
    })
    expect(await (await browser.get('/v1/credits')).json()).toMatchObject({ available: 5 })
    const again = openBrowser(hero)
    expect(await signInWith(again, name, identity, {})).toBe(`${testUrl}/`)
    expect(await me(again)).toEqual(await me(browser))
    expect(await (await again.get('/v1/credits')).json()).toMatchObject({ available: 5 })
    expect(await users(identity.email)).toHaveLength(1)
  },
)

test('S7 nothing that a provider gave can be used from the database', async () => {
  const identity = createIdentity('kept@example.org')
  await signInWith(openBrowser(hero), 'github', identity)
  await signInWith(openBrowser(hero), 'github', identity, {})
  const accounts = await hero.service.db.selectFrom('account').selectAll().execute()
  const verifications = await hero.service.db.selectFrom('verification').selectAll().execute()
  const kept = JSON.stringify([accounts, verifications])
  expect(provider.tokens.length).toBeGreaterThan(0)
  expect(provider.tokens.filter((token) => kept.includes(token))).toEqual([])
  expect(kept).not.toContain('id_token')
  expect(verifications).toEqual([])
  expect(hero.logLines.join('')).not.toContain('provider-')
  printCounts('S7 provider tokens', { given: provider.tokens.length, kept: 0 })
})

test('whoever does not confirm the age leaves nothing', async () => {
  const identity = createIdentity('young@example.org')
  const browser = openBrowser(hero)
  const target = new URL(await signInWith(browser, 'github', identity, {}))
  expect([target.pathname, target.searchParams.get('error')]).toEqual(['/sign-in', 'signup_disabled'])
  const refused = await browser.post('/api/auth/sign-in/social', { provider: 'github', age_confirmed: false })
  expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'too-young' }])
  expect(await users(identity.email)).toEqual([])
  expect(
    await hero.service.db.selectFrom('account').select('id').where('accountId', '=', identity.id).execute(),
  ).toEqual([])
  expect(await hero.service.db.selectFrom('verification').selectAll().execute()).toEqual([])
  expect((await browser.get('/v1/me')).status).toBe(401)
  expect(hero.logLines.join('')).not.toContain(identity.email)
})

test.each(providers)(
  'S7 %s: an unverified address never leads into an existing account, nor to a new one',
  async (name) => {
    const email = `owner-${name}@example.org`
    const owner = openBrowser(hero)
    await makeAccount(hero, owner, email)
    const thief = openBrowser(hero)
    for (const wish of [{ age_confirmed: true }, {}]) {
      const target = new URL(await signInWith(thief, name, createIdentity(email, false), wish))
      expect(target.pathname).toBe('/sign-in')
      expect(target.searchParams.has('error')).toBe(true)
    }
    expect((await thief.get('/v1/me')).status).toBe(401)
    const [user] = await users(email)
    const accounts = await hero.service.db
      .selectFrom('account')
      .select('providerId')
      .where('userId', '=', user?.id ?? '')
      .execute()
    expect(accounts).toEqual([{ providerId: 'credential' }])
    await signInWith(thief, name, createIdentity(`fresh-${name}@example.org`, false))
    expect(await users(`fresh-${name}@example.org`)).toEqual([])
    printCounts(`S7 unverified ${name}`, { tries: 3, linked: 0, made: 0 })
  },
)

test.each(providers)('S8 %s: an unverified address does not tell whether it has an account', async (name) => {
  const email = `asked-${name}@example.org`
  await makeAccount(hero, openBrowser(hero), email)
  for (const wish of [{ age_confirmed: true }, {}]) {
    const taken = await signInWith(openBrowser(hero), name, createIdentity(email, false), wish)
    const free = await signInWith(openBrowser(hero), name, createIdentity(`free-${name}@example.org`, false), wish)
    expect(taken).toBe(free)
  }
  // Who signs in here already goes on, whatever becomes of the address there.
  const identity = createIdentity(`mine-${name}@example.org`)
  await signInWith(openBrowser(hero), name, identity)
  const browser = openBrowser(hero)
  expect(await signInWith(browser, name, { ...identity, verified: false }, {})).toBe(`${testUrl}/`)
  expect((await browser.get('/v1/me')).status).toBe(200)
})

test('S7 an account with a password is not linked by an address alone, verified or not', async () => {
  const email = 'both@example.org'
  const browser = openBrowser(hero)
  await makeAccount(hero, browser, email)
  const refused = new URL(await signInWith(openBrowser(hero), 'google', createIdentity(email), {}))
  expect(refused.searchParams.get('error')).toBe('account_not_linked')
  const [owner] = await users(email)
  const ways = hero.service.db
    .selectFrom('account')
    .select('providerId')
    .where('userId', '=', owner?.id ?? '')
  expect(await ways.execute()).toEqual([{ providerId: 'credential' }])

  const squatted = 'squatted@example.org'
  await browser.post('/api/auth/sign-up/email', { name: 'X', email: squatted, password, age_confirmed: true })
  const target = new URL(await signInWith(openBrowser(hero), 'google', createIdentity(squatted)))
  expect(target.searchParams.get('error')).toBe('account_not_linked')
  const [user] = await users(squatted)
  expect(user?.emailVerified).toBe(false)
})

test('who signs in with a provider while the account waits to be erased is led to the way back, and nowhere else', async () => {
  const identity = createIdentity('waiting@example.org')
  const browser = openBrowser(hero)
  await signInWith(browser, 'github', identity)
  const { db, clock } = hero.service
  const erasureDueAt = new Date(clock.now().getTime() + 1000)
  await db.updateTable('user').set({ erasureDueAt }).where('email', '=', identity.email).execute()
  expect(await signInWith(browser, 'github', identity, { return_to: '/projects' })).toBe(`${testUrl}/account/restore`)
  expect((await browser.get('/v1/me')).status).toBe(401)
  expect((await browser.post('/v1/me/restore', {})).status).toBe(204)
  expect((await browser.get('/v1/me')).status).toBe(200)
})

test('S7 state: missing, made up, of another browser, and used again are refused', async () => {
  const identity = createIdentity('state@example.org')
  provider.identity = identity
  const errorOf = async (browser: Browser, url: URL) => {
    const response = await browser.get(url.pathname + url.search)
    return new URL(response.headers.get('location') ?? '', testUrl).searchParams.get('error')
  }
  const victim = openBrowser(hero)
  const back = provider.consent(await begin(victim, 'github'))
  const without = new URL(back)
  without.searchParams.delete('state')
  const madeUp = new URL(back)
  madeUp.searchParams.set('state', 'made-up')
  expect(await errorOf(victim, without)).toBe('state_not_found')
  expect(await errorOf(victim, madeUp)).toBe('state_mismatch')
  // The browser of the victim is led to the code of an attacker.
  expect(await errorOf(openBrowser(hero), back)).toBe('state_mismatch')
  const other = openBrowser(hero)
  await begin(other, 'github')
  expect(await errorOf(other, back)).toBe('state_mismatch')
  expect(await errorOf(victim, back)).toBeNull()
  expect(await errorOf(victim, back)).toBe('state_mismatch')
  expect(await users(identity.email)).toHaveLength(1)
  printCounts('S7 state', { forged: 5, accepted: 0 })
})

test('one wish to sign up makes one account, whoever is at the provider: the cap counts wishes', async () => {
  const browser = openBrowser(hero)
  const url = await begin(browser, 'github')
  const kept = [...browser.cookies]
  const made: number[] = []
  for (const email of ['first-of-many@example.org', 'second-of-many@example.org']) {
    browser.cookies.clear()
    for (const [name, value] of kept) browser.cookies.set(name, value)
    provider.identity = createIdentity(email)
    const { pathname, search } = provider.consent(url)
    expect((await browser.get(pathname + search)).status).toBe(302)
    made.push((await users(email)).length)
  }
  expect(made).toEqual([1, 0])
})

test('S7 PKCE: every wish has its own challenge, and a code that was begun by somebody else is worth nothing', async () => {
  const wishes = await Promise.all(providers.map((name) => begin(openBrowser(hero), name)))
  const parameters = wishes.map((url) => new URL(url).searchParams)
  expect(parameters.map((query) => query.get('code_challenge_method'))).toEqual(['S256', 'S256'])
  const browser = openBrowser(hero)
  provider.identity = createIdentity('pkce@example.org')
  const mine = await begin(browser, 'github')
  const stolen = provider.consent(wishes[0] ?? '').searchParams.get('code') ?? ''
  const back = provider.consent(mine)
  back.searchParams.set('code', stolen)
  const before = provider.faults.length
  const response = await browser.get(back.pathname + back.search)
  expect(new URL(response.headers.get('location') ?? '').searchParams.get('error')).toBe('invalid_code')
  expect(provider.faults.slice(before)).toEqual(['PKCE'])
  expect((await browser.get('/v1/me')).status).toBe(401)
  printCounts('S7 PKCE', { challenges: 2, 'stolen codes': 1, 'signed in': 0 })
})

test('S7 open redirects: none', async () => {
  const targets = [
    'https://evil.test',
    'http://evil.test/',
    '//evil.test',
    '///evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    '/\t/evil.test',
    '/%2f/evil.test',
    '/%2F%2Fevil.test',
    '/%5cevil.test',
    'http://hero.test@evil.test/',
    'http://evil.test#@hero.test/',
    'http://hero.test.evil.test/',
    'http://evilhero.test/',
    'https://hero.test/',
    'http:/evil.test',
    'http:evil.test',
    'http:///evil.test',
    'javascript:alert(1)',
    'data:text/html,x',
    'evil.test',
    '?x',
    ' https://evil.test',
    'http://hero.test:8080/',
    'HTTP://EVIL.TEST',
    'http://[::1]/',
    '/ok\r\nLocation: http://evil.test',
    '\u2044\u2044evil.test',
  ]
  for (const return_to of targets) {
    const response = await openBrowser(hero).post('/api/auth/sign-in/social', { provider: 'github', return_to })
    expect([return_to, response.status]).toEqual([return_to, 422])
  }
  const identity = createIdentity('redirect@example.org')
  for (const return_to of ['/', '/a/b?c=d#e', `${testUrl}/there`, '/x?next=//evil.test']) {
    const target = await signInWith(openBrowser(hero), 'github', identity, { age_confirmed: true, return_to })
    expect(target).toBe(new URL(return_to, testUrl).href)
  }
  printCounts('S7 redirects', { hostile: targets.length, open: 0 })
})

test('a provider that is not set up is not found, and the password still works', async () => {
  const plain = await createTestService()
  try {
    const browser = openBrowser(plain)
    expect((await browser.post('/api/auth/sign-in/social', { provider: 'github' })).status).toBe(404)
    expect((await browser.get('/api/auth/callback/github?code=x&state=y')).status).toBe(404)
    expect(await (await browser.get('/api/auth/providers')).json()).toEqual({ social: [], minimum_age: 13 })
    await makeAccount(plain, browser, 'plain@example.org')
    expect((await signInAs(browser, 'plain@example.org')).status).toBe(200)
  } finally {
    await plain.close()
  }
})
