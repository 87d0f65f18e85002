/** The retention job at both sides of every boundary, with a clock that is moved. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/keys/uuid.ts'
import type { TableName } from '../../src/privacy/registry/rule.ts'
import { type Retained, retained } from '../../src/privacy/retention/lifetimes.ts'
import { retain } from '../../src/privacy/retention/retain.ts'
import { printCounts } from '../harness/counts.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'

let hero: TestService
let ada: Person
beforeAll(async () => {
  hero = await createTestService()
  ada = await hero.createPerson()
})
afterAll(() => hero.close())

const dayMs = 86_400_000
const toDay = (at: Date): string => at.toISOString().slice(0, 10)

/** Inserts a row; gives a function that tells whether it is still there. */
async function add(table: TableName, row: Readonly<Record<string, unknown>>): Promise<() => Promise<boolean>> {
  const { db } = hero.service
  const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)))
  await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(db)
  const [column = '', value] = Object.entries(row)[0] ?? []
  return async () => {
    const { rows } = await sql`select 1 from ${sql.table(table)} where ${sql.ref(column)} = ${value}`.execute(db)
    return rows.length > 0
  }
}

function addFile(more: Readonly<Record<string, unknown>>): Promise<() => Promise<boolean>> {
  const id = newId()
  const facts = { kind: 'source', sha256: randomBytes(32), bytes: 1, media_type: 'image/png' }
  return add('file', { id, user_id: ada.userId, storage_key: `retention/${id}`, ...facts, ...more })
}

async function addWallet(): Promise<string> {
  const id = newId()
  await add('wallet', { id })
  return id
}

const later = new Date('2100-01-01')

/** A row of each kind, whose time counts from `at`. */
const makers: Readonly<Record<Retained, readonly ((at: Date) => Promise<() => Promise<boolean>>)[]>> = {
  deleted: [
    (at) => addFile({ deleted_at: at }),
    (at) => add('project', { id: newId(), user_id: ada.userId, name: 'old', deleted_at: at }),
  ],
  session: [
    (at) =>
      add('session', { id: newId(), userId: ada.userId, token: newId(), expiresAt: at, createdAt: at, updatedAt: at }),
  ],
  unverified: [
    (at) => {
      const id = newId()
      return add('user', { id, name: 'x', email: `${id}@example.org`, emailVerified: false, createdAt: at })
    },
  ],
  verification: [(at) => add('verification', { id: newId(), identifier: 'x', value: 'x', expiresAt: at })],
  'device-grant': [
    (at) =>
      add('device_grant', {
        id: newId(),
        device_code_hash: randomBytes(32),
        user_code_hash: randomBytes(32),
        client_id: 'x',
        client_name: 'x',
        scopes: [],
        expires_at: at,
      }),
  ],
  audit: [
    (at) =>
      add('audit_event', {
        id: newId(),
        user_id: ada.userId,
        action: 'signed-in',
        address_block: '192.0.2.0/24',
        created_at: at,
      }),
  ],
  'abuse-signal': [(at) => add('abuse_signal', { subject: randomBytes(32), kind: 'x', count: 1, expires_at: at })],
  'rate-bucket': [(at) => add('rate_bucket', { subject: randomBytes(32), kind: 'x', count: 1, expires_at: at })],
  'analytics-hit': [
    (at) =>
      add('analytics_hit', {
        id: newId(),
        day: toDay(at),
        path: '/',
        referrer_host: '',
        browser: 'x',
        os: 'x',
        device: 'x',
        country: '',
        visitor: randomBytes(16),
      }),
  ],
  'analytics-salt': [(at) => add('analytics_salt', { day: toDay(at), salt: randomBytes(32) })],
  'idempotency-key': [
    (at) => add('idempotency_key', { key: newId(), owner: ada.userId, fingerprint: randomBytes(32), created_at: at }),
  ],
  mail: [(at) => add('mail_outbox', { id: newId(), user_id: ada.userId, sealed: randomBytes(9), created_at: at })],
  support: [
    async (at) => add('support_ticket', { id: newId(), user_id: ada.userId, subject: 'old', updated_at: at }),
    async (at) => {
      const [file, ticket, message] = [newId(), newId(), newId()]
      const isThere = await addFile({ id: file, kind: 'attachment' })
      await add('support_ticket', { id: ticket, user_id: ada.userId, subject: 'old', updated_at: at })
      await add('support_message', { id: message, ticket_id: ticket, author: 'person', body: 'x' })
      await add('support_attachment', { message_id: message, file_id: file })
      return isThere
    },
  ],
  'data-export': [
    (at) => add('data_export', { id: newId(), user_id: ada.userId, created_at: at }),
    async (at) => {
      const file = newId()
      const isThere = await addFile({ id: file, kind: 'data_export' })
      await add('data_export', { id: newId(), user_id: ada.userId, state: 'ready', created_at: at, file_id: file })
      return isThere
    },
  ],
  order: [async (at) => addOrder(toDay(at))],
  'foreign-event': [(at) => addEvent(null, at)],
}

async function addOrder(retainUntil: string, id = newId()): Promise<() => Promise<boolean>> {
  return add('order', {
    id,
    wallet_id: await addWallet(),
    pack: 'small',
    credits: 1,
    amount_minor: 100,
    currency: 'EUR',
    accepted_terms: '1',
    customer_name: 'x',
    customer_email: 'x',
    provider: 'fake',
    created_at: new Date(),
    retain_until: retainUntil,
  })
}

function addEvent(orderId: string | null, at: Date): Promise<() => Promise<boolean>> {
  const facts = { provider: 'fake', type: 'x', outcome: 'applied', received_at: at }
  return add('payment_event', { id: newId(), order_id: orderId, ...facts })
}

test('V4 rows go at their time and not a millisecond before, and nothing else goes', async () => {
  const { service, clock } = hero
  // Days begin at midnight, so the time that everything counts from is one.
  const start = new Date(Math.ceil(clock.now().getTime() / dayMs) * dayMs)
  const moveTo = (time: number): void => clock.advance(time - clock.now().getTime())
  moveTo(start.getTime() - 1)

  const kept: (() => Promise<boolean>)[] = []
  const order = newId()
  kept.push(await addFile({}), await add('project', { id: newId(), user_id: ada.userId, name: 'new' }))
  kept.push(await addOrder(toDay(later), order), await addEvent(order, start))
  kept.push(await add('analytics_day', { day: toDay(start), dimension: 'all', value: '', views: 1, visitors: 1 }))
  const shared = newId()
  kept.push(await addFile({ id: shared, kind: 'attachment' }))
  for (const updated_at of [start, later]) {
    const [ticket, message] = [newId(), newId()]
    await add('support_ticket', { id: ticket, user_id: ada.userId, subject: 'shared', updated_at })
    await add('support_message', { id: message, ticket_id: ticket, author: 'person', body: 'x' })
    await add('support_attachment', { message_id: message, file_id: shared })
  }

  const cases: { readonly name: Retained; readonly isThere: () => Promise<boolean> }[] = []
  let name: Retained
  for (name in retained) for (const make of makers[name]) cases.push({ name, isThere: await make(start) })
  cases.sort((a, b) => retained[a.name].ms - retained[b.name].ms)

  let boundaries = 0
  for (const [index, { name: due }] of cases.entries()) {
    const end = start.getTime() + retained[due].ms
    if (clock.now().getTime() < end) {
      moveTo(end - 1)
      await retain(service)
      for (const { name: still, isThere } of cases.slice(index)) expect([still, await isThere()]).toEqual([still, true])
      moveTo(end)
      await retain(service)
      boundaries += 1
    }
    for (const { name: each, isThere } of cases) {
      expect([due, each, await isThere()]).toEqual([due, each, retained[each].ms > retained[due].ms])
    }
  }
  for (const isThere of kept) expect(await isThere()).toBe(true)
  printCounts('V4', { lifetimes: Object.keys(retained).length, rows: cases.length, boundaries, kept: kept.length })
})

test('the objects of files that went are put down for removal', async () => {
  const rows = await hero.service.db.selectFrom('storage_removal').select('storage_key').execute()
  expect(rows.filter(({ storage_key }) => storage_key.startsWith('retention/'))).toHaveLength(3)
})

test('more rows than one transaction takes go, too', async () => {
  const { db } = hero.service
  const owner = newId()
  await sql`
    insert into idempotency_key (owner, key, fingerprint, created_at)
    select ${owner}, n::text, '', '2000-01-01' from generate_series(1, 2500) n
  `.execute(db)
  expect(await retain(hero.service)).toEqual({ 'idempotency-key': 2500 })
})
