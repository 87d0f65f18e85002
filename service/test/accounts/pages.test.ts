/** Pages that mails lead to. Whoever opens a link changes nothing; whoever presses the button does. */
import { meSchema, problemSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../harness/browser.ts'
import { printCounts } from '../harness/counts.ts'
import { createTestService, type TestService, testUrl } from '../harness/service.ts'
import { signIn } from '../harness/sessions.ts'
import { findLink, makeAccount, password, press, signInAs, tokenOf } from './people.ts'

let hero: TestService
beforeAll(async () => {
  hero = await createTestService()
})
afterAll(() => hero.close())

/** What a gateway of mail does with a link, and with what stands in it. */
async function openAsGateway(link: string): Promise<void> {
  const token = encodeURIComponent(tokenOf(link))
  const old = [`/api/auth/verify-email?token=${token}`, `/api/auth/change-email?token=${token}`]
  for (const method of ['HEAD', 'GET', 'OPTIONS', 'GET']) {
    const { status } = await hero.request(link, { method })
    expect([method, status]).toEqual([method, method === 'OPTIONS' ? 204 : 200])
    for (const path of old) {
      expect([method, path, (await hero.request(path, { method })).ok]).toEqual([method, path, false])
    }
  }
}

async function signUp(email: string): Promise<string> {
  const wish = { name: 'Ada', email, password, age_confirmed: true }
  expect((await openBrowser(hero).post('/api/auth/sign-up/email', wish)).status).toBe(202)
  return findLink(hero, email)
}

const isVerified = async (email: string): Promise<boolean | undefined> =>
  (await hero.service.db.selectFrom('user').select('emailVerified').where('email', '=', email).executeTakeFirst())
    ?.emailVerified

test('a gateway that opens the link leaves an address unverified; the button verifies it', async () => {
  const email = 'gateway@example.org'
  const link = await signUp(email)
  await openAsGateway(link)
  expect(await isVerified(email)).toBe(false)
  expect((await signInAs(openBrowser(hero), email)).status).toBe(403)

  const done = await press(hero, link)
  expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('Your address is confirmed')])
  expect(await isVerified(email)).toBe(true)
  expect((await signInAs(openBrowser(hero), email)).status).toBe(200)
  printCounts('pages', { 'requests of a gateway': 12, verified: 0 })
})

test('a form that another site sends, or nobody, does nothing', async () => {
  const email = 'cross-site@example.org'
  const link = await signUp(email)
  for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }]) {
    const refused = await press(hero, link, {}, headers)
    expect(refused.status).toBe(403)
    expect(refused.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const reset = await press(hero, '/reset-password/mail', { email }, headers)
    expect(reset.status).toBe(403)
  }
  const json = { origin: 'https://evil.example', 'content-type': 'application/json' }
  const body = JSON.stringify({ token: tokenOf(link) })
  const refused = await hero.request('/api/auth/verify-email', { method: 'POST', headers: json, body })
  expect(problemSchema.parse(await refused.json()).code).toBe('forbidden-origin')
  expect(await isVerified(email)).toBe(false)
})

test('what is no form is refused with a page, too', async () => {
  for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x']) {
    const headers = { origin: testUrl, 'content-type': type }
    const refused = await hero.request('/verify-email', { method: 'POST', headers, body: 'token=nothing' })
    expect([type, refused.status]).toEqual([type, 415])
    expect(refused.headers.get('content-type')).toBe('text/html; charset=utf-8')
  }
})

test('our own pages elsewhere verify with JSON', async () => {
  const email = 'json@example.org'
  const token = tokenOf(await signUp(email))
  const verified = await openBrowser(hero).post('/api/auth/verify-email', { token })
  expect([verified.status, await verified.json()]).toEqual([200, { status: 'verified' }])
  expect(await isVerified(email)).toBe(true)
})

test('a page keeps its token: no script, no frame, nothing stored, nothing told to other sites, and no way out of the markup', async () => {
  const response = await hero.request(`/verify-email?token=${encodeURIComponent(`"><script>alert(1)</script>`)}`)
  const { headers } = response
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
  )
  expect(headers.get('cache-control')).toBe('no-store')
  // With `no-referrer` browsers send `Origin: null` along with forms, and the button would never work.
  expect(headers.get('referrer-policy')).toBe('strict-origin')
  const text = await response.text()
  expect(text).not.toContain('<script')
  expect(text).toContain('value="&quot;&gt;&lt;script')
  expect(text).toMatch(/<form method="post" action="\/verify-email">/)
  expect(hero.logLines.join('')).not.toContain('alert(1)')
})

test('a link that is none, or too old, says what to do', async () => {
  const email = 'late@example.org'
  const link = await signUp(email)
  const dead = await press(hero, '/verify-email?token=nothing')
  expect([dead.status, await dead.text()]).toEqual([422, expect.stringContaining('Send me a new link')])
  const without = await hero.request('/verify-email')
  expect([without.status, await without.text()]).toEqual([200, expect.stringContaining('Send me a new link')])
  const again = await press(hero, '/verify-email/mail', { email })
  expect(again.status).toBe(200)
  const fresh = await findLink(hero, email)
  expect((await press(hero, fresh)).status).toBe(200)
  // Pressed twice it is still true.
  expect((await press(hero, link)).status).toBe(200)
  const wrong = await press(hero, '/verify-email/mail', { email: 'no address' })
  expect(wrong.status).toBe(422)
})

test('a new address is taken by the button, not by opening the link', async () => {
  const person = await hero.createPerson({ email: 'before@example.org' })
  const browser = await signIn(hero, person)
  await browser.post('/v1/me/email', { email: 'after@example.org' })
  const link = await findLink(hero, 'after@example.org')
  await openAsGateway(link)
  const me = async () => meSchema.parse(await (await browser.request('/v1/me')).json())
  expect((await me()).email).toBe('before@example.org')
  expect((await press(hero, link, {}, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await press(hero, link)).status).toBe(200)
  expect((await me()).email).toBe('after@example.org')
  const used = await press(hero, link)
  expect([used.status, await used.text()]).toEqual([422, expect.stringContaining('ask for the new address again')])
})

test('a password is set anew with nothing but pages', async () => {
  const email = 'forgot@example.org'
  const browser = openBrowser(hero)
  await makeAccount(hero, browser, email)
  const start = await hero.request('/reset-password')
  expect(await start.text()).toContain('action="/reset-password/mail"')
  expect((await press(hero, '/reset-password/mail', { email })).status).toBe(200)
  const link = await findLink(hero, email)
  await openAsGateway(link)
  const short = await press(hero, link, { new_password: 'short' })
  expect([short.status, await short.text()]).toEqual([422, expect.stringContaining(tokenOf(link))])
  const chosen = { new_password: 'chosen on the page' }
  expect((await press(hero, link, chosen, {})).status).toBe(403)
  expect((await press(hero, link, chosen)).status).toBe(200)
  expect((await press(hero, link, chosen)).status).toBe(422)
  expect((await signInAs(browser, email)).status).toBe(401)
  expect((await signInAs(browser, email, chosen.new_password)).status).toBe(200)
})

test('the mails that tell of a password lead to a page that is there', async () => {
  const email = 'known@example.org'
  await makeAccount(hero, openBrowser(hero), email)
  const link = await findLinkAfterSigningUpAgain(email)
  expect(link).toBe('/reset-password')
  expect((await hero.request(link)).status).toBe(200)
})

async function findLinkAfterSigningUpAgain(email: string): Promise<string> {
  const wish = { name: 'Ada', email, password, age_confirmed: true }
  await openBrowser(hero, '198.51.100.20').post('/api/auth/sign-up/email', wish)
  return findLink(hero, email)
}

test('an account comes back by the button, with the link or after signing in again', async () => {
  const email = 'leaving@example.org'
  const browser = openBrowser(hero)
  await makeAccount(hero, browser, email)
  const leave = async (): Promise<string> => {
    await signInAs(browser, email)
    const headers = { origin: testUrl, cookie: browser.cookieHeader() }
    expect((await hero.request('/v1/me', { method: 'DELETE', headers })).status).toBe(202)
    return findLink(hero, email)
  }
  const isWaiting = async (): Promise<boolean> => {
    const row = await hero.service.db
      .selectFrom('user')
      .select('erasureDueAt')
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    return row.erasureDueAt !== null
  }
  const link = await leave()
  await openAsGateway(link)
  expect(await isWaiting()).toBe(true)
  expect((await press(hero, link, {}, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await press(hero, link)).status).toBe(200)
  expect(await isWaiting()).toBe(false)
  expect((await press(hero, link)).status).toBe(422)

  await leave()
  expect((await press(hero, '/account/restore')).status).toBe(422)
  expect(await (await signInAs(browser, email)).json()).toEqual({ status: 'waits-for-erasure' })
  const cookie = browser.cookieHeader()
  expect((await press(hero, '/account/restore', {}, { origin: 'https://evil.example', cookie })).status).toBe(403)
  expect((await press(hero, '/account/restore', {}, { origin: testUrl, cookie })).status).toBe(200)
  expect(await isWaiting()).toBe(false)
})
