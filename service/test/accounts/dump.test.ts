/** S6: whoever reads the whole database can be nobody with it. */
import { crc32 } from 'node:zlib'
import { createdTokenSchema, redirectSchema } from '@hero-image/client/contract'
import { serializeSigned } from 'hono/utils/cookie'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openBrowser } from '../harness/browser.ts'
import { printCounts } from '../harness/counts.ts'
import { type IdentityProvider, startIdentityProvider } from '../harness/identity-provider.ts'
import { takeMails } from '../harness/mails.ts'
import { createTestService, type TestService, testAddressHeader, testUrl } from '../harness/service.ts'
import { type SignedIn, signIn } from '../harness/sessions.ts'
import { makeAccount, password, signInAs } from './people.ts'

let hero: TestService
let provider: IdentityProvider
beforeAll(async () => {
  provider = await startIdentityProvider()
  hero = await createTestService({
    settings: {
      HERO_SIGN_UPS_PER_ADDRESS_AND_DAY: '100',
      GITHUB_CLIENT_ID: 'github-client',
      GITHUB_CLIENT_SECRET: 'provider-secret',
    },
  })
})
afterAll(async () => {
  await hero.close()
  await provider.close()
})

/** What an attacker might sign with who knows the library, but not our secret. */
const knownSecrets = ['better-auth-secret-12345678901234567890', 'better-auth-secret-123456789', testUrl]

const email = 'owner@example.org'
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/** Ways to be somebody, each true when it worked. */
function createWays(attacker: SignedIn): Readonly<Record<string, (secret: string) => Promise<boolean>>> {
  const isSomebody = async (headers: Record<string, string>): Promise<boolean> => {
    if (Object.values(headers).some((value) => /[^\t\x20-\x7e]/.test(value))) return false
    return (await hero.request('/v1/me', { headers })).status === 200
  }
  const post = (path: string, body: unknown): Promise<Response> =>
    hero.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: testUrl },
      body: JSON.stringify(body),
    })
  const quoted = encodeURIComponent
  return {
    bearer: (secret) => isSomebody({ authorization: `Bearer ${secret}` }),
    'bearer in our form': (secret) => {
      const random = secret.replace(/^hero_/, '').slice(0, 43)
      const checksum = Buffer.alloc(4)
      checksum.writeUInt32BE(crc32(random))
      return isSomebody({ authorization: `Bearer hero_${random}${checksum.toString('base64url')}` })
    },
    cookie: (secret) => isSomebody({ cookie: `hero.session_token=${quoted(secret)}` }),
    'secure cookie': (secret) => isSomebody({ cookie: `__Secure-hero.session_token=${quoted(secret)}` }),
    'signed cookie': async (secret) => {
      for (const key of knownSecrets) {
        if (await isSomebody({ cookie: await serializeSigned('hero.session_token', secret, key) })) return true
      }
      return false
    },
    'cookie of a cached session': (secret) =>
      isSomebody({ cookie: `hero.session_data=${quoted(secret)}; hero.session_token=${quoted(secret)}` }),
    'reset of a password': async (token) =>
      (await post('/api/auth/reset-password', { token, new_password: 'chosen by the attacker' })).status === 204,
    'verification of an address': async (token) => (await post('/api/auth/verify-email', { token })).status === 200,
    'change of an address': async (token) => (await post('/api/auth/change-email', { token })).status === 200,
    'return of an account': async (token) => (await post('/v1/me/restore', { token })).status === 204,
    'code of a device': async (code) => {
      const body = new URLSearchParams({ grant_type: deviceGrant, client_id: 'hero-image', device_code: code })
      return (await hero.request('/oauth/token', { method: 'POST', headers: form, body })).status === 200
    },
    'code of a person': async (code) => {
      // Without the limit, which would stop this long before the end.
      await hero.service.db.deleteFrom('rate_bucket').execute()
      return (await attacker.post('/v1/device/look-up', { user_code: code })).status === 200
    },
    'return from a provider': async (state) => {
      const response = await hero.request(`/api/auth/callback/github?code=x&state=${quoted(state)}`, {
        headers: { cookie: `hero.oauth_state=${quoted(state)}; hero.state=${quoted(state)}` },
      })
      return response.headers.getSetCookie().some((cookie) => /session_token=[^;]/.test(cookie))
    },
  }
}

test('S6 nothing in a dump of the database authenticates', async () => {
  const secrets = await fillDatabase()
  const attacker = await signIn(hero, await hero.createPerson())
  const ways = createWays(attacker)
  const leaving = await hero.createPerson()
  await (await signIn(hero, leaving)).request('/v1/me', { method: 'DELETE' })
  const { tables, values, hashes } = await readDump()

  // What was found must be there at all: the rows that hold something of every kind of secret.
  for (const name of [
    'session',
    'account',
    'access_token',
    'device_grant',
    'verification',
    'mail_outbox',
    'idempotency_key',
    'queue.job_common',
  ]) {
    expect(tables.some((table) => table === name || table === `public.${name}` || table.endsWith(name))).toBe(true)
  }
  for (const [kind, secret] of Object.entries(secrets)) {
    expect([kind, values.some((value) => value.includes(secret))]).toEqual([kind, false])
  }
  const worked: string[] = []
  let tries = 0
  for (const value of values) {
    for (const [way, attempt] of Object.entries(ways)) {
      tries += 1
      if (await attempt(value)) worked.push(`${way}: ${value}`)
    }
  }
  for (const [at, hash] of hashes.entries()) {
    tries += 1
    const browser = openBrowser(hero, `198.51.${at}.1`)
    if ((await signInAs(browser, email, hash.slice(0, 128))).status === 200) worked.push(`password: ${hash}`)
  }
  printCounts('S6', {
    tables: tables.length,
    values: values.length,
    ways: Object.keys(ways).length + 1,
    tries,
    worked: worked.length,
  })
  expect(worked).toEqual([])
  // Nor is anything of it a mistake of ours.
  expect(hero.logLines.filter((line) => line.includes('"level":50'))).toEqual([])

  // The ways are real: with the secrets themselves all of them work.
  const open = async (way: string, secret: string) => [way, await ways[way]?.(secret)]
  expect(await open('bearer', secrets.apiKey)).toEqual(['bearer', true])
  expect(await open('cookie', decodeURIComponent(secrets.cookie))).toEqual(['cookie', true])
  expect(await open('verification of an address', secrets.verification)).toEqual(['verification of an address', true])
  expect(await open('change of an address', secrets.emailChange)).toEqual(['change of an address', true])
  expect(await open('code of a person', secrets.userCode)).toEqual(['code of a person', true])
  expect(await open('code of a device', secrets.deviceCode)).toEqual(['code of a device', true])
  // The change of the address has voided the link for a new password, so this one is new.
  await takeMails(hero)
  await openBrowser(hero).post('/api/auth/request-password-reset', { email: 'moved@example.org' })
  const [mail] = await takeMails(hero)
  const reset = /token=(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
  expect(await open('reset of a password', secrets.reset)).toEqual(['reset of a password', false])
  expect(await open('reset of a password', reset)).toEqual(['reset of a password', true])
})

/** Makes one of every secret that there can be, all of them still good. */
async function fillDatabase() {
  const browser = openBrowser(hero)
  await makeAccount(hero, browser, email)
  await signInAs(browser, email)
  const cookie = browser.cookies.get('hero.session_token') ?? ''
  const made = await browser.post('/v1/tokens', { name: 'key', scopes: ['account:read'] }, { 'idempotency-key': 'k' })
  const apiKey = createdTokenSchema.parse(await made.json()).token ?? ''

  const devices = z.object({ device_code: z.string(), user_code: z.string() })
  const begin = async () =>
    devices.parse(
      await (
        await hero.request('/oauth/device_authorization', {
          method: 'POST',
          headers: form,
          body: 'client_id=hero-image',
        })
      ).json(),
    )
  const pending = await begin()
  const approved = await begin()
  await browser.post('/v1/device/approve', { user_code: approved.user_code })

  const social = openBrowser(hero)
  provider.identity = { id: '77', name: 'Grace', email: 'grace@example.org', verified: true }
  const begun = await social.post('/api/auth/sign-in/social', { provider: 'github', age_confirmed: true })
  const back = provider.consent(redirectSchema.parse(await begun.json()).url)
  await social.get(back.pathname + back.search)
  await openBrowser(hero).post('/api/auth/sign-in/social', { provider: 'github', age_confirmed: true })

  await takeMails(hero)
  await browser.post('/api/auth/sign-up/email', {
    name: 'New',
    email: 'new@example.org',
    password,
    age_confirmed: true,
  })
  await browser.post('/api/auth/request-password-reset', { email })
  await browser.post('/v1/me/email', { email: 'moved@example.org' })
  const sealed = await hero.service.db.selectFrom('mail_outbox').selectAll().execute()
  const mails = await takeMails(hero)
  // Back into the outbox, as they lay there.
  await hero.service.db.insertInto('mail_outbox').values(sealed).execute()
  const tokenIn = (part: string): string =>
    /token=(\S+)/.exec(mails.find(({ text }) => text.includes(part))?.text ?? '')?.[1] ?? ''
  return {
    cookie,
    apiKey,
    deviceCode: approved.device_code,
    userCode: pending.user_code,
    verification: tokenIn('/verify-email'),
    reset: tokenIn('/reset-password'),
    emailChange: tokenIn('/change-email'),
    password,
    providerToken: provider.tokens[0] ?? '',
  }
}

/** Every value of every column of every table, in every form in which it could be sent. */
async function readDump() {
  const { db } = hero.service
  const { rows } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
    order by 1, 2`.execute(db)
  const values = new Set<string>()
  const hashes = new Set<string>()
  for (const { schema, name } of rows) {
    const table = sql.table(`${schema}.${name}`)
    const { rows: found } = await sql<{ row: unknown }>`select to_jsonb(t) as row from ${table} t`.execute(db)
    for (const { row } of found) {
      for (const value of textsOf(row)) for (const form of formsOf(value)) if (form.length >= 6) values.add(form)
      if (name === 'account') for (const value of textsOf(row)) if (value.length > 60) hashes.add(value)
    }
  }
  return { tables: rows.map(({ schema, name }) => `${schema}.${name}`), values: [...values], hashes: [...hashes] }
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsOf)
}

function formsOf(value: string): string[] {
  // Times and plain words of the queue are no secrets; what is left of the dump is still all of it that could be one.
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return []
  const forms = [value]
  if (/^\\x[0-9a-f]+$/.test(value)) {
    const bytes = Buffer.from(value.slice(2), 'hex')
    forms.push(value.slice(2), bytes.toString('base64'), bytes.toString('base64url'))
  }
  if (/^[\w-]+:[\w-]+$/.test(value)) forms.push(...value.split(':'))
  return forms
}

test('addresses of clients are nowhere in the database', async () => {
  const browser = openBrowser(hero, '203.0.113.213')
  await makeAccount(hero, browser, 'address@example.org')
  await signInAs(browser, 'address@example.org')
  await signInAs(browser, 'address@example.org', 'not the password')
  await hero.request('/v1/me', { headers: { [testAddressHeader]: '203.0.113.213' } })
  const { values } = await readDump()
  expect(values.filter((value) => value.includes('203.0.113.213'))).toEqual([])
  expect(values.filter((value) => value === '203.0.113.0/24').length).toBe(1)
  expect(hero.logLines.join('')).not.toContain('203.0.113.213')
})
