/** Orders as their customers see them. */
import { orderPageSchema, orderSchema, packListSchema, problemSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeHold, closeWallet, reserve } from '../../src/ledger/ledger.ts'
import { forgetUnpaidOrders } from '../../src/orders/retention.ts'
import { terms } from '../../src/orders/terms.ts'
import { createTestService } from '../harness/service.ts'
import { createFakeWorld, refOf, smallCredits, smallPrice, type World } from './world.ts'

const wish = { pack: 'small', accepted_terms: terms.version }

let world: World
beforeAll(async () => {
  world = await createFakeWorld()
})
afterAll(() => world.close())

test('packs and terms are public', async () => {
  const list = packListSchema.parse(await (await world.hero.request('/v1/packs')).json())
  expect(list.data.map(({ name }) => name)).toEqual(['small', 'medium', 'large'])
  expect(list.terms).toMatchObject({ refundable: false, version: terms.version })
})

test('an order, paid on the page it names', async () => {
  const person = await world.hero.createPerson({ email: 'paying@example.org' })
  const order = await world.order(person)
  expect(order).toMatchObject({
    state: 'created',
    pack: 'small',
    credits: smallCredits,
    amount_minor: smallPrice,
    refundable: false,
    accepted_terms: terms.version,
    customer: { email: 'paying@example.org' },
    paid_at: null,
  })
  const url = new URL(order.checkout_url ?? '')
  const paid = await world.hero.request(url.pathname)
  expect(paid.status).toBe(303)
  expect(paid.headers.get('location')).toBe(`http://hero.test/orders/${order.id}`)
  const after = orderSchema.parse(await (await person.request(`/v1/orders/${order.id}`)).json())
  expect(after).toMatchObject({ state: 'paid', checkout_url: null, tax_minor: 0 })
  expect(after.paid_at).not.toBeNull()
  expect(await world.balance(person)).toEqual({ available: smallCredits, owed: 0 })
  // Opened again, it is not paid again.
  expect((await world.hero.request(url.pathname)).status).toBe(303)
  expect(await world.balance(person)).toEqual({ available: smallCredits, owed: 0 })
})

test('coming back from the page of the provider credits nothing', async () => {
  const person = await world.hero.createPerson()
  const order = await world.order(person)
  world.provider.happen(await refOf(world, order), 'pay')
  await person.request(`/v1/orders/${order.id}`)
  await person.request('/v1/orders')
  expect(await world.balance(person)).toEqual({ available: 0, owed: 0 })
})

test('what cannot be ordered', async () => {
  const person = await world.hero.createPerson()
  const codeOf = async (response: Response): Promise<string> => problemSchema.parse(await response.json()).code
  expect(await codeOf(await person.post('/v1/orders', { ...wish, pack: 'huge' }))).toBe('invalid-fields')
  expect(await codeOf(await person.post('/v1/orders', { ...wish, amount_minor: 1 }))).toBe('invalid-fields')
  expect(await codeOf(await person.post('/v1/orders', { pack: 'small' }))).toBe('invalid-fields')
  const oldTerms = await person.post('/v1/orders', { ...wish, accepted_terms: '2020-01-01' })
  expect(oldTerms.status).toBe(422)
  expect(problemSchema.parse(await oldTerms.json()).errors).toMatchObject([{ pointer: '/accepted_terms' }])
  const noKey = await person.request('/v1/orders', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  })
  expect(await codeOf(noKey)).toBe('missing-idempotency-key')
  expect((await person.request('/v1/orders')).status).toBe(200)
  expect(orderPageSchema.parse(await (await person.request('/v1/orders')).json()).data).toEqual([])
})

test('only verified addresses order', async () => {
  const person = await world.hero.createPerson()
  await world.hero.service.db
    .updateTable('user')
    .set({ emailVerified: false })
    .where('id', '=', person.userId)
    .execute()
  const response = await person.post('/v1/orders', wish)
  expect(response.status).toBe(403)
  expect(problemSchema.parse(await response.json()).code).toBe('email-not-verified')
})

test('where nothing is sold', async () => {
  const hero = await createTestService()
  const person = await hero.createPerson()
  expect(packListSchema.parse(await (await hero.request('/v1/packs')).json()).data).toEqual([])
  expect((await person.post('/v1/orders', wish)).status).toBe(503)
  expect((await hero.request('/webhooks/stripe', { method: 'POST', body: '{}' })).status).toBe(404)
  expect((await hero.request('/webhooks/fake', { method: 'POST', body: '{}' })).status).toBe(404)
  await hero.close()
})

test('a second click has the same order, another pack another one, and a paid one is over', async () => {
  const person = await world.hero.createPerson()
  const clicks = await Promise.all(Array.from({ length: 5 }, () => world.order(person)))
  expect(new Set(clicks.map(({ id }) => id)).size).toBe(1)
  const other = await world.order(person, 'medium')
  const [first = other] = clicks
  expect(other.id).not.toBe(first.id)
  await world.deliver(world.provider.happen(await refOf(world, first), 'pay'))
  const next = await world.order(person)
  expect(next.id).not.toBe(first.id)
  expect(next.state).toBe('created')
  // Its page is about to close.
  world.hero.clock.advance(23.5 * 3_600_000)
  expect((await world.order(person)).id).not.toBe(next.id)
})

test("orders of others are not there; one's own come newest first", async () => {
  const person = await world.hero.createPerson()
  const made = [
    await world.order(person, 'small'),
    await world.order(person, 'medium'),
    await world.order(person, 'large'),
  ]
  const first = orderPageSchema.parse(await (await person.request('/v1/orders?limit=2')).json())
  expect(first.data.map(({ id }) => id)).toEqual([made[2]?.id, made[1]?.id])
  const second = orderPageSchema.parse(
    await (await person.request(`/v1/orders?limit=2&cursor=${first.next_cursor}`)).json(),
  )
  expect(second.data.map(({ id }) => id)).toEqual([made[0]?.id])
  expect(second.next_cursor).toBeNull()
  const other = await world.hero.createPerson()
  expect((await other.request(`/v1/orders/${made[0]?.id}`)).status).toBe(404)
  expect((await other.request('/v1/orders/ord_nothing')).status).toBe(404)
  expect(orderPageSchema.parse(await (await other.request('/v1/orders')).json()).data).toEqual([])
  const reader = await world.hero.createPerson({ scopes: ['credits:read'] })
  expect((await reader.post('/v1/orders', wish)).status).toBe(403)
})

test('a refund takes credits back by its share; a failed one gives them back', async () => {
  const person = await world.hero.createPerson()
  const order = await world.order(person)
  const ref = await refOf(world, order)
  await world.deliver(world.provider.happen(ref, 'pay'))
  await world.deliver(world.provider.happen(ref, { refund: Math.floor(smallPrice / 2) + 1 }))
  expect(await world.read(order.id)).toMatchObject({ state: 'paid', credits_reversed: Math.floor(smallCredits / 2) })
  expect(await world.balance(person)).toEqual({ available: Math.ceil(smallCredits / 2), owed: 0 })
  await world.deliver(world.provider.happen(ref, { refund: 0 }))
  expect(await world.read(order.id)).toMatchObject({ state: 'paid', credits_reversed: 0, amount_refunded_minor: 0 })
  expect(await world.balance(person)).toEqual({ available: smallCredits, owed: 0 })
})

test('a dispute takes all credits, spent ones are owed; won, it gives them back', async () => {
  const person = await world.hero.createPerson()
  const order = await world.order(person)
  const ref = await refOf(world, order)
  await world.deliver(world.provider.happen(ref, 'pay'))
  const at = world.hero.clock.now()
  const { wallet_id: walletId } = await world.read(order.id)
  await world.hero.service.db.transaction().execute(async (trx) => {
    const expiresAt = new Date(at.getTime() + 60_000)
    const { holdId } = await reserve(trx, { walletId, credits: 20, key: `spend ${walletId}`, expiresAt, at })
    await closeHold(trx, { holdId, actual: 20, at })
  })
  await world.deliver(world.provider.happen(ref, { dispute: 'open' }))
  expect(await world.read(order.id)).toMatchObject({
    state: 'disputed',
    dispute: 'open',
    credits_reversed: smallCredits,
  })
  expect(await world.balance(person)).toEqual({ available: 0, owed: 20 })
  await world.deliver(world.provider.happen(ref, { dispute: 'won' }))
  expect(await world.read(order.id)).toMatchObject({ state: 'paid', dispute: 'won', credits_reversed: 0 })
  expect(await world.balance(person)).toEqual({ available: smallCredits - 20, owed: 0 })
})

test('a paid order outlives the account for the years of the tax office, unpaid ones do not', async () => {
  const { db } = world.hero.service
  const person = await world.hero.createPerson({ email: 'leaving@example.org' })
  const paid = await world.order(person)
  await world.deliver(world.provider.happen(await refOf(world, paid), 'pay'))
  const unpaid = await world.order(person, 'large')
  const year = world.hero.clock.now().getUTCFullYear()
  expect((await world.read(paid.id)).retain_until).toBe(`${year + 10}-12-31`)
  expect((await world.read(unpaid.id)).retain_until < `${year + 1}-03-01`).toBe(true)

  // Somebody may be paying at this moment.
  expect(await forgetUnpaidOrders(db, person.userId)).toBe(0)
  await world.deliver(world.provider.happen(await refOf(world, unpaid), 'expire'))
  expect(await forgetUnpaidOrders(db, person.userId)).toBe(1)
  await db.deleteFrom('user').where('id', '=', person.userId).execute()
  expect(await world.read(paid.id)).toMatchObject({
    user_id: null,
    customer_email: 'leaving@example.org',
    state: 'paid',
  })
})

test('money that comes after the account has gone is recorded; nobody gets its credits', async () => {
  const { db } = world.hero.service
  const person = await world.hero.createPerson()
  const order = await world.order(person)
  const ref = await refOf(world, order)
  const { wallet_id: walletId } = await world.read(order.id)
  await db.transaction().execute((trx) => closeWallet(trx, { walletId, at: world.hero.clock.now() }))
  await db.deleteFrom('user').where('id', '=', person.userId).execute()
  expect((await world.deliver(world.provider.happen(ref, 'pay'))).status).toBe(200)
  expect((await world.deliver(world.provider.happen(ref, { refund: smallPrice }))).status).toBe(200)
  expect(await world.read(order.id)).toMatchObject({ state: 'refunded', user_id: null })
  const wallet = await db.selectFrom('wallet').selectAll().where('id', '=', walletId).executeTakeFirstOrThrow()
  expect(wallet.available).toBe(0)
})
