/** Erasure: afterwards nothing is left but the record of the order. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { erasureSchema } from '@hero-image/client/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runErasuresCommand } from '../../src/privacy/erasure/command.ts'
import { reapplyErasures } from '../../src/privacy/erasure/reapply.ts'
import { runErasures } from '../../src/privacy/erasure/run.ts'
import { toPseudonym } from '../../src/privacy/pseudonym.ts'
import { signInAs } from '../accounts/people.ts'
import { openBrowser } from '../harness/browser.ts'
import { printCounts } from '../harness/counts.ts'
import { createTestDatabase, type TestDatabase } from '../harness/database.ts'
import { takeMails } from '../harness/mails.ts'
import { createTestService, type TestService, testUrl } from '../harness/service.ts'
import { signIn } from '../harness/sessions.ts'
import { countRows } from './count-rows.ts'
import { find, readAll } from './dump.ts'
import { fillEmptyTables } from './fill-empty-tables.ts'
import { makeFresh, runJob, seedPerson, seedSettings } from './seed.ts'

const dayMs = 86_400_000

let hero: TestService
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  hero = await createTestService({ settings: seedSettings, database })
})
afterAll(() => hero.close())

const byCookie = (path: string, method: string, cookie: string): Promise<Response> =>
  hero.request(path, { method, headers: { cookie, origin: testUrl } })

/** Somebody signs in and asks to be erased. */
async function leave(person: { readonly userId: string }): Promise<void> {
  const browser = await signIn(hero, person)
  await makeFresh(hero, person.userId)
  expect((await browser.request('/v1/me', { method: 'DELETE' })).status).toBe(202)
}

async function ledgerSum(): Promise<number> {
  const { rows } = await sql<{ sum: string | number }>`select coalesce(sum(amount), 0) as sum from entry`.execute(
    hero.service.db,
  )
  return Number(rows[0]?.sum)
}

/** Of addresses only the block is kept, and a new address of mail lies in a sealed mail. */
const neverPlain: ReadonlySet<string> = new Set(['address', 'newEmail'])

test('V2 after an erasure nothing is left in the database, in storage and in the log but the record of the order', async () => {
  const { db } = hero.service
  const ada = await seedPerson(hero, 'ada.erased@example.org', '203.0.113.77')
  await fillEmptyTables(hero, ada.userId)
  await db
    .insertInto('abuse_signal')
    .values({ subject: Buffer.alloc(32, 1), kind: 'x', count: 1, expires_at: hero.clock.now() })
    .execute()
  const before = await readAll(hero, database)
  // The search finds what is there.
  for (const [what, needle] of Object.entries(ada.needles)) {
    if (!neverPlain.has(what)) expect([what, find(before, needle).length > 0]).toEqual([what, true])
  }
  const held = await db.selectFrom('wallet').select('held').where('user_id', '=', ada.userId).executeTakeFirstOrThrow()
  expect(held.held).toBeGreaterThan(0)

  const cookie = ada.browser.cookieHeader()
  expect((await byCookie('/v1/me', 'GET', cookie)).status).toBe(200)
  const answer = await byCookie('/v1/me', 'DELETE', cookie)
  expect(answer.status).toBe(202)
  const { erasure_due_at } = erasureSchema.parse(await answer.json())
  expect(new Date(erasure_due_at).getTime() - hero.clock.now().getTime()).toBe(7 * dayMs)
  // Dead at once.
  expect((await byCookie('/v1/me', 'GET', cookie)).status).toBe(401)
  const withToken = await hero.request('/v1/me', { headers: { authorization: `Bearer ${ada.token}` } })
  expect(withToken.status).toBe(401)
  const waiting = await db.selectFrom('generation').select('state').where('user_id', '=', ada.userId).execute()
  expect(waiting.map(({ state }) => state).sort()).toEqual(['canceled', 'succeeded'])

  hero.clock.advance(7 * dayMs - 1)
  await runJob(hero, 'erasures', {})
  expect(await db.selectFrom('user').select('id').where('id', '=', ada.userId).executeTakeFirst()).toBeDefined()
  hero.clock.advance(1)
  await runJob(hero, 'erasures', {})
  await runJob(hero, 'erasures', {})
  await runJob(hero, 'remove-stored', {})

  const after = await readAll(hero, database)
  const found: Record<string, string[]> = {}
  for (const [what, needle] of Object.entries(ada.needles)) {
    const places = find(after, needle)
    if (places.length > 0) found[what] = [...new Set(places)]
  }
  const snapshot = ['public."order"']
  expect(found).toEqual({ name: snapshot, email: snapshot })
  expect(after.objects.map(({ key }) => key.split('/')[0])).toEqual(['erasures'])
  expect(await ledgerSum()).toBe(0)
  const wallet = await db.selectFrom('wallet').selectAll().executeTakeFirstOrThrow()
  expect(wallet).toMatchObject({ user_id: null, available: 0, held: 0, frozen: true })
  expect(wallet.closed_at).not.toBeNull()
  const orders = await db.selectFrom('order').selectAll().orderBy('id').execute()
  expect(orders).toMatchObject([
    { user_id: null, state: 'paid', checkout_url: null, customer_email: ada.email },
    // Its page at the provider is still open, so somebody may pay it.
    { user_id: null, state: 'created', checkout_url: null },
  ])
  const evidence = await db.selectFrom('erasure').selectAll().execute()
  expect(evidence).toMatchObject([{ state: 'done', is_listed: true, erased_at: hero.clock.now() }])
  expect(evidence[0]?.counts).toMatchObject({ user: 1, project: 1, file: expect.any(Number), order: 2 })
  hero.clock.advance(31 * dayMs)
  await runJob(hero, 'retention', {})
  const kept = await db.selectFrom('order').select('state').execute()
  expect(kept).toEqual([{ state: 'paid' }])
  printCounts('V2', {
    needles: Object.keys(ada.needles).length,
    lines: after.lines.length,
    objects: after.objects.length,
    found: 'order snapshot',
    ledger: await ledgerSum(),
  })
})

test('the link in the mail brings everything back but sessions and keys', async () => {
  const email = 'bea.restored@example.org'
  const bea = await seedPerson(hero, email, '198.51.100.20')
  await takeMails(hero)
  const before = await countRows(hero, bea.userId)
  await byCookie('/v1/me', 'DELETE', bea.browser.cookieHeader())
  const [mail] = await takeMails(hero)
  expect(mail).toMatchObject({ to: email, subject: 'Your account will be deleted' })
  const token = /[?]token=(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
  const restore = (text: string): Promise<Response> =>
    hero.request('/v1/me/restore', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: text }),
    })
  expect((await restore(`${token.split('.')[0]}.${Buffer.alloc(32).toString('base64url')}`)).status).toBe(404)
  expect((await restore('nothing')).status).toBe(404)
  expect((await restore(token)).status).toBe(204)
  expect((await restore(token)).status).toBe(404)
  expect(await takeMails(hero)).toMatchObject([{ to: email, subject: 'Your account is back' }])

  const after = await countRows(hero, bea.userId)
  for (const name of ['project', 'file', 'generation', 'order', 'support_ticket', 'access_token']) {
    expect([name, after[name]]).toEqual([name, before[name]])
  }
  expect(after.session).toBe(0)
  await runJob(hero, 'erasures', {})
  hero.clock.advance(8 * dayMs)
  await runJob(hero, 'erasures', {})
  expect((await countRows(hero, bea.userId)).user).toBe(1)
  const browser = openBrowser(hero)
  expect((await signInAs(browser, email)).status).toBe(200)
  expect((await browser.get('/v1/me')).status).toBe(200)
  const subject = toPseudonym(hero.service.secret, bea.userId).toString('hex')
  expect(await hero.service.storage.head(`erasures/${subject}`)).toBeUndefined()
})

test('after its time the link brings nothing back', async () => {
  const person = await hero.createPerson()
  await leave(person)
  const token = /[?]token=(\S+)/.exec((await takeMails(hero)).at(-1)?.text ?? '')?.[1] ?? ''
  hero.clock.advance(7 * dayMs)
  const response = await hero.request('/v1/me/restore', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  expect(response.status).toBe(404)
})

test('only somebody who signed in just now can ask for it', async () => {
  const person = await hero.createPerson()
  expect((await person.request('/v1/me', { method: 'DELETE' })).status).toBe(403)
  const browser = await signIn(hero, person)
  await makeFresh(hero, person.userId)
  hero.clock.advance(20 * 60_000)
  const response = await browser.request('/v1/me', { method: 'DELETE' })
  expect(await response.json()).toMatchObject({ code: 'fresh-session-required' })
  expect((await countRows(hero, person.userId)).user).toBe(1)
})

test('storage that is away delays the list, not the erasure', async () => {
  const person = await hero.createPerson()
  await leave(person)
  hero.clock.advance(7 * dayMs)
  const storage = { ...hero.service.storage, put: () => Promise.reject(new Error('away')) }
  await expect(runErasures({ ...hero.service, storage })).rejects.toThrow('away')
  expect((await countRows(hero, person.userId)).user).toBe(0)
  const subject = toPseudonym(hero.service.secret, person.userId)
  expect(await hero.service.storage.head(`erasures/${subject.toString('hex')}`)).toBeUndefined()
  await runErasures(hero.service)
  expect(await hero.service.storage.head(`erasures/${subject.toString('hex')}`)).toBeDefined()
})

test('a backup that is restored brings nobody back', async () => {
  const { db, storage, secret } = hero.service
  const [erased, waiting, other] = [await hero.createPerson(), await hero.createPerson(), await hero.createPerson()]
  const users = await db.selectFrom('user').selectAll().where('id', 'in', [erased.userId, waiting.userId]).execute()
  await leave(erased)
  hero.clock.advance(7 * dayMs)
  await leave(waiting)
  await runErasures(hero.service)
  expect((await countRows(hero, erased.userId)).user).toBe(0)

  // As the backup has it: both are there, and nothing is known of their wishes.
  await db.deleteFrom('user').where('id', '=', waiting.userId).execute()
  await db.insertInto('user').values(users).execute()
  const subjects = [erased, waiting].map(({ userId }) => toPseudonym(secret, userId))
  await db.deleteFrom('erasure').where('subject', 'in', subjects).execute()
  await storage.put('files/after-the-backup', Buffer.from('x'), { bytes: 1, mediaType: 'image/png' })

  const first = await reapplyErasures(hero.service)
  expect(first).toMatchObject({ erased: 1, due: 1, removedObjects: 1 })
  expect((await countRows(hero, erased.userId)).user).toBe(0)
  const kept = await db.selectFrom('user').selectAll().where('id', '=', waiting.userId).executeTakeFirstOrThrow()
  expect(kept.erasureDueAt?.getTime()).toBe(hero.clock.now().getTime() + 7 * dayMs)
  expect((await other.request('/v1/me')).status).toBe(200)
  const evidence = await db.selectFrom('erasure').select('state').where('subject', 'in', subjects).execute()
  expect(evidence.map(({ state }) => state).sort()).toEqual(['done', 'due'])
  await runJob(hero, 'remove-stored', {})
  expect(await storage.head('files/after-the-backup')).toBeUndefined()
  expect(await reapplyErasures(hero.service)).toMatchObject({ listed: first.listed, erased: 0, due: 0 })
})

test('when storage was restored, too, a copy of the list does it', async () => {
  const { db, storage, secret } = hero.service
  const person = await hero.createPerson()
  const user = await db.selectFrom('user').selectAll().where('id', '=', person.userId).executeTakeFirstOrThrow()
  await leave(person)
  hero.clock.advance(7 * dayMs)
  await runErasures(hero.service)
  const copy = join(hero.service.settings.HERO_DATA_DIR, 'erasures.jsonl')
  await writeFile(copy, (await runErasuresCommand(hero.service, ['list'])) ?? '')

  const subject = toPseudonym(secret, person.userId)
  await db.insertInto('user').values(user).execute()
  await db.deleteFrom('erasure').where('subject', '=', subject).execute()
  await storage.remove(`erasures/${subject.toString('hex')}`)
  expect(await runErasuresCommand(hero.service, ['apply'])).toContain(' 0 erased again')
  expect(await runErasuresCommand(hero.service, ['apply', copy])).toContain(' 1 erased again')
  expect((await countRows(hero, person.userId)).user).toBe(0)
  expect(await storage.head(`erasures/${subject.toString('hex')}`)).toBeDefined()
  expect(await runErasuresCommand(hero.service, ['forget'])).toBeUndefined()
})
