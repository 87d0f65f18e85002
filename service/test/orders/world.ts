/** A service and a payment provider in whose hands its orders are: the same tests see Stripe and the fake. */
import { type OrderAnswer, orderSchema } from '@hero-image/client/contract'
import { deriveKey } from '../../src/keys/derive.ts'
import { fromWireId, newId } from '../../src/keys/uuid.ts'
import { packs } from '../../src/orders/packs.ts'
import { reconcileOrders } from '../../src/orders/reconcile.ts'
import type { Order } from '../../src/orders/step.ts'
import { terms } from '../../src/orders/terms.ts'
import type { AnyPayments } from '../../src/payments/create.ts'
import type { FakeChange } from '../../src/payments/fake.ts'
import { signBody, signEvent } from '../../src/payments/fake-event.ts'
import { createTestService, type Person, type TestService, type TestServiceOptions } from '../harness/service.ts'
import type { StripeChange } from './stripe-objects.ts'
import { type StripeServer, startStripeServer, stripeKey, webhookSecret } from './stripe-server.ts'

/** What can happen to a checkout at the provider. */
export type Happening =
  | 'pay'
  | 'complete-unpaid'
  | 'succeed-later'
  | 'fail-later'
  | 'expire'
  | { readonly refund: number }
  | { readonly dispute: 'open' | 'won' | 'lost' }

/** What a provider sends to the webhook. */
export interface Message {
  readonly id: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** A provider, seen from its own side. */
export interface Provider {
  readonly name: AnyPayments['provider']
  readonly signatureHeader: string
  /** Changes what is true, and gives the message that tells it; whether it arrives is the test's affair. */
  happen(ref: string, what: Happening): Message
  /** A message that is not about an order. */
  beginPayment(ref: string): Message
  /** The same message, signed at another time, or with another secret, or under another identifier. */
  sign(body: string, at: Date, secret?: string): Record<string, string>
  failNextCheckout(): void
  /** The provider was told that a message arrived. */
  markDelivered(id: string): void
}

/** A service with its provider. */
export interface World {
  readonly hero: TestService
  readonly payments: AnyPayments
  readonly provider: Provider
  /** Orders a pack: 50, 200 or 1000 credits. */
  order(person: Person, pack?: string): Promise<OrderAnswer>
  deliver(message: Omit<Message, 'id'> & { readonly id?: string }): Promise<Response>
  /** The record of an order. */
  read(id: string): Promise<Order>
  reconcile(): ReturnType<typeof reconcileOrders>
  /** Credits that somebody can spend, and owes. */
  balance(person: Person): Promise<{ readonly available: number; readonly owed: number }>
  close(): Promise<void>
}

/** A world in which Stripe takes payments. */
export async function createStripeWorld(options: TestServiceOptions = {}): Promise<World & { stripe: StripeServer }> {
  const stripe = await startStripeServer()
  const settings = {
    HERO_PAYMENTS: 'stripe',
    STRIPE_SECRET_KEY: stripeKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_URL: stripe.url,
  }
  const hero = await createTestService({ ...options, settings: { ...settings, ...options.settings } })
  const sign = (event: { id: string; body: string }): Message => ({
    ...event,
    headers: stripe.sign(event.body, hero.clock.now()),
  })
  const provider: Provider = {
    name: 'stripe',
    signatureHeader: 'stripe-signature',
    happen: (ref, what) => sign(stripe.happen(ref, toStripeChange(what))),
    beginPayment: (ref) => sign(stripe.begin(ref)),
    sign: stripe.sign,
    // The library tries a second and a third time by itself.
    markDelivered: stripe.markDelivered,
    failNextCheckout: () => void stripe.faults.push('before', 'before', 'before'),
  }
  const world = toWorld(hero, provider)
  return { ...world, stripe, close: () => world.close().then(stripe.close) }
}

/** A world in which nobody pays anything. */
export async function createFakeWorld(options: TestServiceOptions = {}): Promise<World> {
  const hero = await createTestService({ ...options, settings: { HERO_PAYMENTS: 'fake', ...options.settings } })
  const { payments, secret, clock } = hero.service
  if (payments?.provider !== 'fake') throw new Error('The settings of the test did not choose the fake.')
  const keyOf = (text: string): Buffer => deriveKey(text, 'fake-payments')
  const provider: Provider = {
    name: 'fake',
    signatureHeader: 'fake-signature',
    happen(ref, what) {
      const message = payments.change(ref, toFakeChange(what))
      if (message === undefined) throw new Error(`There is no checkout ${ref}.`)
      return { id: idIn(message.body), ...message }
    },
    beginPayment(_ref) {
      const id = newId()
      return { id, ...signEvent(keyOf(secret), { id, type: 'payment.begun', subject: null }, clock.now()) }
    },
    sign: (body, at, other = secret) => ({ ...signBody(keyOf(other), body, at).headers }),
    failNextCheckout: payments.failNext,
    markDelivered: payments.markDelivered,
  }
  return toWorld(hero, provider)
}

function toWorld(hero: TestService, provider: Provider): World {
  const { service } = hero
  const { payments, db } = service
  if (payments === undefined) throw new Error('Nothing is sold in this world.')
  return {
    hero,
    payments,
    provider,
    async order(person, pack = 'small') {
      const response = await person.post('/v1/orders', { pack, accepted_terms: terms.version })
      if (response.status !== 201) throw new Error(`The order was refused: ${await response.text()}`)
      return orderSchema.parse(await response.json())
    },
    async deliver({ id, body, headers }) {
      const init = { method: 'POST', body, headers: { ...headers } }
      const response = await hero.request(`/webhooks/${provider.name}`, init)
      if (response.ok && id !== undefined) provider.markDelivered(id)
      return response
    },
    read: (id) =>
      db
        .selectFrom('order')
        .selectAll()
        .where('id', '=', fromWireId('order', id) ?? '')
        .executeTakeFirstOrThrow(),
    reconcile: () => reconcileOrders(service, payments, new AbortController().signal),
    async balance({ userId }) {
      const row = await db
        .selectFrom('wallet')
        .select(['available', 'owed'])
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return row ?? { available: 0, owed: 0 }
    },
    close: hero.close,
  }
}

/** The checkout of an order. */
export async function refOf(world: World, order: OrderAnswer): Promise<string> {
  const { checkout_ref } = await world.read(order.id)
  if (checkout_ref === null) throw new Error('The order has no checkout.')
  return checkout_ref
}

/** Credits of the smallest pack. */
export const smallCredits: number = packs[0]?.credits ?? 0

/** Price of the smallest pack. */
export const smallPrice: number = packs[0]?.amount_minor ?? 0

function toStripeChange(what: Happening): StripeChange {
  if (what === 'pay') return 'complete'
  if (typeof what === 'string') return what
  if ('refund' in what) return what
  return { dispute: what.dispute === 'open' ? 'needs_response' : what.dispute }
}

function toFakeChange(what: Happening): FakeChange {
  if (typeof what === 'object') return 'refund' in what ? { refunded: what.refund } : what
  const states = {
    pay: 'paid',
    'complete-unpaid': 'pending',
    'succeed-later': 'paid',
    'fail-later': 'failed',
    expire: 'expired',
  } as const
  return { to: states[what] }
}

function idIn(body: string): string {
  const parsed: unknown = JSON.parse(body)
  return typeof parsed === 'object' && parsed !== null && 'id' in parsed ? String(parsed.id) : ''
}

/** Both providers, for what must hold with each. */
export const worlds = [
  { name: 'Stripe', create: createStripeWorld },
  { name: 'the fake', create: createFakeWorld },
] as const
