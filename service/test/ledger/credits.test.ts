/** The balance and the statement, as people read them. */
import { creditsSchema, transferPageSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId, toWireId } from '../../src/keys/uuid.ts'
import { closeHold, openWallet, reserve, reverse, topUp } from '../../src/ledger/ledger.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'
import { at, later } from './wallets.ts'

let hero: TestService
beforeAll(async () => {
  hero = await createTestService()
})
afterAll(() => hero.close())

const read = async (person: Person, query = '') => {
  const response = await person.request(`/v1/credits/transfers${query}`)
  expect(response.status).toBe(200)
  return transferPageSchema.parse(await response.json())
}

test('whoever has never had credits has none, and a statement without lines', async () => {
  const person = await hero.createPerson()
  const response = await person.request('/v1/credits')
  expect(await response.json()).toEqual({ available: 0, held: 0, owed: 0, frozen: false })
  expect(await read(person)).toEqual({ data: [], next_cursor: null })
})

test('every change is a line with its reference and the balance after it', async () => {
  const { db } = hero.service
  const person = await hero.createPerson()
  const walletId = await openWallet(db, person.userId)
  const orderId = newId()
  const generationId = newId()
  await topUp(db, { walletId, credits: 5, kind: 'grant', key: newId(), at })
  await topUp(db, { walletId, credits: 100, kind: 'topup', key: newId(), orderId, at })
  const { holdId } = await reserve(db, { walletId, credits: 30, key: newId(), expiresAt: later, at, generationId })
  await closeHold(db, { holdId, actual: 20, at })
  await reverse(db, { walletId, orderId, credits: 100, key: newId(), at: later })

  const { data } = await read(person)
  const none = { order_id: null, generation_id: null, created_at: at.toISOString() }
  const generation = { ...none, generation_id: toWireId('generation', generationId) }
  const order = { ...none, order_id: toWireId('order', orderId) }
  expect(data.map(({ id, ...line }) => line)).toEqual([
    {
      kind: 'reverse',
      change: { available: -85, held: 0, owed: 15 },
      balance: { available: 0, held: 0, owed: 15 },
      ...order,
      created_at: later.toISOString(),
    },
    {
      kind: 'settle',
      change: { available: 10, held: -30, owed: 0 },
      balance: { available: 85, held: 0, owed: 0 },
      ...generation,
    },
    {
      kind: 'reserve',
      change: { available: -30, held: 30, owed: 0 },
      balance: { available: 75, held: 30, owed: 0 },
      ...generation,
    },
    {
      kind: 'topup',
      change: { available: 100, held: 0, owed: 0 },
      balance: { available: 105, held: 0, owed: 0 },
      ...order,
    },
    { kind: 'grant', change: { available: 5, held: 0, owed: 0 }, balance: { available: 5, held: 0, owed: 0 }, ...none },
  ])
  const credits = await person.request('/v1/credits')
  expect(creditsSchema.parse(await credits.json())).toEqual({ available: 0, held: 0, owed: 15, frozen: true })
})

test('pages repeat nothing and miss nothing, while new lines come', async () => {
  const { db } = hero.service
  const person = await hero.createPerson()
  const walletId = await openWallet(db, person.userId)
  const give = () => topUp(db, { walletId, credits: 1, kind: 'grant', key: newId(), at })
  for (let nth = 0; nth < 25; nth += 1) await give()
  const balances: number[] = []
  let cursor: string | null = null
  do {
    const page = await read(person, `?limit=7${cursor === null ? '' : `&cursor=${cursor}`}`)
    balances.push(...page.data.map(({ balance }) => balance.available))
    cursor = page.next_cursor
    await give()
  } while (cursor !== null)
  expect(balances).toEqual(Array.from({ length: 25 }, (_, index) => 25 - index))
})

test('a cursor that was made up is a problem with its field', async () => {
  const person = await hero.createPerson()
  const response = await person.request('/v1/credits/transfers?cursor=MTIuYWJj')
  expect(response.status).toBe(422)
  expect(await response.json()).toMatchObject({ code: 'invalid-fields', errors: [{ pointer: '?cursor' }] })
})

test('the statement needs its scope', async () => {
  const person = await hero.createPerson({ scopes: ['projects:read'] })
  for (const path of ['/v1/credits', '/v1/credits/transfers']) {
    expect((await person.request(path)).status).toBe(403)
    expect((await hero.request(path)).status).toBe(401)
  }
})
