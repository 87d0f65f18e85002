/** Signing in, and signing a device in, with nothing but the pages of the service. */
import { commandLineClientId, deviceGrantType } from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Browser, openBrowser } from '../harness/browser.ts'
import { createTestService, type TestService, testUrl } from '../harness/service.ts'
import { makeAccount, password } from './people.ts'

let hero: TestService
beforeAll(async () => {
  hero = await createTestService()
})
afterAll(() => hero.close())

const formType = 'application/x-www-form-urlencoded'

/** Sends a form as a browser does, with its cookies. */
async function submit(
  browser: Browser,
  path: string,
  fields: Readonly<Record<string, string>>,
  origin = testUrl,
): Promise<Response> {
  const response = await hero.request(path, {
    method: 'POST',
    headers: { origin, cookie: browser.cookieHeader(), 'content-type': formType },
    body: new URLSearchParams(fields),
  })
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    browser.cookies.set(name, value)
  }
  return response
}

const startedSchema = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.string(),
  verification_uri_complete: z.string(),
})

async function startDevice(): Promise<z.infer<typeof startedSchema>> {
  const body = new URLSearchParams({ client_id: commandLineClientId, client_name: 'Laptop <b>' })
  const response = await hero.request('/oauth/device_authorization', {
    method: 'POST',
    headers: { 'content-type': formType },
    body,
  })
  return startedSchema.parse(await response.json())
}

async function exchange(device_code: string): Promise<unknown> {
  hero.clock.advance(10_000)
  const body = new URLSearchParams({ grant_type: deviceGrantType, client_id: commandLineClientId, device_code })
  return (await hero.request('/oauth/token', { method: 'POST', headers: { 'content-type': formType }, body })).json()
}

test('S5 a device is signed in with the pages that its address leads to', async () => {
  const email = 'device@example.org'
  const browser = openBrowser(hero)
  await makeAccount(hero, browser, email)
  const { device_code, user_code, verification_uri_complete } = await startDevice()
  const { pathname, search } = new URL(verification_uri_complete)

  const away = await browser.get(pathname + search)
  expect(away.status).toBe(303)
  const signIn = new URL(away.headers.get('location') ?? '')
  expect(signIn.searchParams.get('return_to')).toBe(pathname + search)
  expect(await (await browser.get(signIn.pathname + signIn.search)).text()).toContain(`user_code=${user_code}`)

  const fields = { email, password, return_to: signIn.searchParams.get('return_to') ?? '' }
  const wrong = await submit(browser, '/sign-in', { ...fields, password: 'wrong' })
  expect([wrong.status, await wrong.text()]).toEqual([401, expect.stringContaining('is wrong')])
  expect((await submit(browser, '/sign-in', fields, 'https://evil.example')).status).toBe(403)
  expect(browser.cookies.size).toBe(0)
  const signedIn = await submit(browser, '/sign-in', fields)
  expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, testUrl + pathname + search])

  // To open the address approves nothing, and asks for nothing.
  expect(await (await browser.get(pathname + search)).text()).toContain(`value="${user_code}"`)
  expect(await exchange(device_code)).toMatchObject({ error: 'authorization_pending' })

  const wish = await (await submit(browser, '/device', { user_code })).text()
  expect(wish).toContain('Laptop &lt;b&gt;')
  expect(wish).toContain('which spends credits')
  const decision = { user_code, decision: 'approve' }
  expect((await submit(browser, '/device/decision', decision, 'https://evil.example')).status).toBe(403)
  expect(await exchange(device_code)).toMatchObject({ error: 'authorization_pending' })
  expect((await submit(browser, '/device/decision', decision)).status).toBe(200)
  expect(await exchange(device_code)).toMatchObject({ token_type: 'Bearer' })
  expect((await submit(browser, '/device/decision', decision)).status).toBe(409)
})

test('a device is sent away, and a code that is none is told', async () => {
  const email = 'denier@example.org'
  const browser = openBrowser(hero)
  await makeAccount(hero, browser, email)
  const here = await submit(browser, '/sign-in', { email, password })
  expect([here.status, await here.text()]).toEqual([200, expect.stringContaining('You are signed in')])
  expect((await browser.get('/v1/me')).status).toBe(200)
  const none = await submit(browser, '/device', { user_code: 'BCDF-GHJK' })
  expect([none.status, await none.text()]).toEqual([404, expect.stringContaining('no device with this code')])
  const { device_code, user_code } = await startDevice()
  expect((await submit(browser, '/device/decision', { user_code, decision: 'maybe' })).status).toBe(422)
  expect((await submit(browser, '/device/decision', { user_code, decision: 'deny' })).status).toBe(200)
  expect(await exchange(device_code)).toMatchObject({ error: 'access_denied' })
})

test('nobody is sent elsewhere, and whoever is not verified or on the way out is told what to do', async () => {
  const email = 'return@example.org'
  const browser = openBrowser(hero)
  await makeAccount(hero, browser, email)
  for (const return_to of ['//evil.example', '/\\evil.example', '/%2f/evil.example']) {
    const answer = await submit(browser, '/sign-in', { email, password, return_to })
    expect([return_to, answer.status]).toEqual([return_to, 422])
  }
  const elsewhere = await submit(browser, '/sign-in', { email, password, return_to: 'https://evil.example/' })
  expect(elsewhere.headers.get('location')).toBe(`${testUrl}/`)

  const fresh = 'unverified@example.org'
  const wish = { name: 'Ada', email: fresh, password, age_confirmed: true }
  await openBrowser(hero).post('/api/auth/sign-up/email', wish)
  const early = await submit(openBrowser(hero), '/sign-in', { email: fresh, password })
  expect([early.status, await early.text()]).toEqual([403, expect.stringContaining('href="verify-email"')])

  const headers = { origin: testUrl, cookie: browser.cookieHeader() }
  expect((await hero.request('/v1/me', { method: 'DELETE', headers })).status).toBe(202)
  const leaving = await submit(browser, '/sign-in', { email, password, return_to: '/device' })
  expect(leaving.headers.get('location')).toBe(`${testUrl}/account/restore`)
  expect((await submit(browser, '/account/restore', {})).status).toBe(200)
})
