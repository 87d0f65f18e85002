/** The same on the embedded database, which has one connection: whoever asks for a second one inside a transaction waits for ever. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPglite } from '../../src/database/open.ts'
import { openBrowser } from '../harness/browser.ts'
import { createTestService, type TestService } from '../harness/service.ts'
import { findLink, makeAccount, password, press, signInAs, tokenOf } from './people.ts'

let hero: TestService
beforeAll(async () => {
  hero = await createTestService({
    database: await openPglite(),
    settings: { HERO_GRANT_CREDITS: '2', HERO_SIGN_UPS_PER_ADDRESS_AND_DAY: '100' },
  })
})
afterAll(() => hero.close())

test('sign-up, sign-in, tokens, devices, reset and a new address work on the embedded database', async () => {
  const email = 'embedded@example.org'
  const browser = openBrowser(hero)
  await makeAccount(hero, browser, email)
  expect((await signInAs(browser, email)).status).toBe(200)
  expect(await (await browser.get('/v1/credits')).json()).toMatchObject({ available: 2 })
  const token = { name: 'x', scopes: ['account:read'] }
  expect((await browser.post('/v1/tokens', token, { 'idempotency-key': 'k' })).status).toBe(201)
  const change = { current_password: password, new_password: 'another long password' }
  expect((await browser.post('/api/auth/change-password', change)).status).toBe(204)
  await browser.post('/v1/me/email', { email: 'moved@example.org' })
  expect((await press(hero, await findLink(hero, 'moved@example.org'))).status).toBe(200)
  await browser.post('/api/auth/request-password-reset', { email: 'moved@example.org' })
  const secret = tokenOf(await findLink(hero, 'moved@example.org'))
  const reset = { token: secret, new_password: password }
  expect((await browser.post('/api/auth/reset-password', reset)).status).toBe(204)
  expect((await signInAs(browser, 'moved@example.org')).status).toBe(200)
})

test('S4 twenty sign-ups at once with one address: one user (embedded)', async () => {
  const email = 'twenty@example.org'
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      openBrowser(hero, `203.0.${at}.1`).post('/api/auth/sign-up/email', {
        name: 'A',
        email,
        password,
        age_confirmed: true,
      }),
    ),
  )
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
  expect(await hero.service.db.selectFrom('user').select('id').where('email', '=', email).execute()).toHaveLength(1)
})
