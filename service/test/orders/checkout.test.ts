/** How checkouts are made at Stripe: once per order, whatever happens on the way. */
import { orderSchema, problemSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { terms } from '../../src/orders/terms.ts'
import { printCounts } from '../harness/counts.ts'
import type { Fault } from './stripe-create.ts'
import type { StripeServer } from './stripe-server.ts'
import { createStripeWorld, refOf, type World } from './world.ts'

const wish = { pack: 'medium', accepted_terms: terms.version }

let world: World & { stripe: StripeServer }
beforeAll(async () => {
  world = await createStripeWorld()
})
afterAll(() => world.close())

/** Keys of requests that make checkouts, for one order. */
const keysOf = (orderId: string): string[] =>
  world.stripe.requests
    .filter((request) => request.startsWith('POST /v1/checkout/sessions '))
    .flatMap((request) => request.split(' ').at(-1) ?? [])
    .filter((key) => key === orderId)
const sessionsOf = (orderId: string): number =>
  [...world.stripe.sessions.values()].filter((session) => session.orderId === orderId).length

test.each<Fault>(['before', 'after', 'cut'])(
  'P5 a failure (%s) and then success: one session, one key',
  async (fault) => {
    const person = await world.hero.createPerson()
    world.stripe.faults.push(fault)
    const order = await world.order(person, 'medium')
    expect(order.checkout_url).toContain(await refOf(world, order))
    expect(keysOf(order.id).length).toBe(2)
    expect(sessionsOf(order.id)).toBe(1)
    printCounts('P5', { fault, attempts: keysOf(order.id).length, sessions: sessionsOf(order.id) })
  },
)

test('P5 every checkout is created under the identifier of its order', () => {
  const keys = world.stripe.requests
    .filter((request) => request.startsWith('POST /v1/checkout/sessions '))
    .flatMap((request) => request.split(' ').at(-1) ?? [])
  const orders = new Set([...world.stripe.sessions.values()].map(({ orderId }) => orderId))
  expect(new Set(keys)).toEqual(orders)
  expect(world.stripe.refusals).toEqual([])
  printCounts('P5', { requests: keys.length, orders: orders.size })
})

test('P5 the provider stays away: 502, and the same request later goes on with the same order', async () => {
  const person = await world.hero.createPerson()
  const headers = { 'idempotency-key': 'a wish of mine' }
  world.stripe.faults.push('before', 'after', 'before')
  const failed = await person.post('/v1/orders', wish, headers)
  expect(failed.status).toBe(502)
  expect(problemSchema.parse(await failed.json()).code).toBe('provider-unavailable')
  const answers = await Promise.all(Array.from({ length: 10 }, () => person.post('/v1/orders', wish, headers)))
  const orders = await Promise.all(answers.map(async (answer) => orderSchema.parse(await answer.json())))
  expect(new Set(orders.map(({ id, checkout_url }) => `${id} ${checkout_url}`)).size).toBe(1)
  const [order] = orders
  expect(sessionsOf(order?.id ?? '')).toBe(1)
  expect(answers.every((answer) => answer.headers.get('idempotency-replayed') === 'true')).toBe(true)
  const other = await person.post('/v1/orders', { ...wish, pack: 'large' }, headers)
  expect(other.status).toBe(422)
})

test('a failure that Stripe remembers under the key ends with a new order', async () => {
  const person = await world.hero.createPerson()
  world.stripe.faults.push('sticky')
  expect((await person.post('/v1/orders', wish, { 'idempotency-key': 'first' })).status).toBe(502)
  expect((await person.post('/v1/orders', wish, { 'idempotency-key': 'first' })).status).toBe(502)
  world.hero.clock.advance(60_001)
  const order = await world.order(person, 'medium')
  expect(sessionsOf(order.id)).toBe(1)
})

test('neither keys nor addresses of people are in the log', async () => {
  const person = await world.hero.createPerson({ email: 'quiet@example.org' })
  world.stripe.faults.push('before', 'before', 'before')
  await person.post('/v1/orders', wish)
  const order = await world.order(person)
  const ref = await refOf(world, order)
  await world.deliver(world.provider.happen(ref, 'pay'))
  const forged = world.provider.sign('{}', world.hero.clock.now(), 'whsec_of_somebody_else')
  await world.deliver({ body: '{}', headers: forged })
  await world.reconcile()
  const text = world.hero.logLines.join('')
  expect(text).toContain('the payment provider did not answer')
  expect(text).not.toMatch(/sk_test|whsec|quiet@|checkout\.stripe\.test/)
})
