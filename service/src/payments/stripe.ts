/** Stripe Checkout through its own library. We ask for one page per order and read it back; no card ever comes near us. */
import type Stripe from 'stripe'
import { ProblemError } from '../http/problem.ts'
import { type Checkout, type CheckoutFacts, type CheckoutWish, type Payments, signatureTolerance } from './payments.ts'
import { PaymentsError } from './payments-error.ts'
import { toCheckoutParams } from './stripe-checkout.ts'
import { eventTypes, toPaymentEvent } from './stripe-events.ts'
import { toDispute, toFacts } from './stripe-facts.ts'

/** How to reach Stripe. */
export interface StripeSettings {
  readonly secretKey: string
  readonly webhookSecret: string
  /** Stripe computes taxes; they are within the price. */
  readonly automaticTax: boolean
  /** Another address, for tests. */
  readonly apiUrl?: string | undefined
}

/** Payments by Stripe. */
export interface StripePayments extends Payments {
  readonly provider: 'stripe'
}

/** Connects to Stripe; nothing is sent before it is needed. Its library is loaded only where it is used: it takes a tenth of a second and 30 MB. */
export async function createStripePayments(settings: StripeSettings): Promise<StripePayments> {
  const { default: StripeClient } = await import('stripe')
  const stripe = new StripeClient(settings.secretKey, {
    // Retries keep the idempotency key of the first attempt.
    maxNetworkRetries: 2,
    timeout: 20_000,
    telemetry: false,
    appInfo: { name: 'hero-image-service' },
    ...(settings.apiUrl === undefined ? {} : toAddress(settings.apiUrl)),
  })

  /** Errors of the library carry the request with its headers; what leaves here does not. */
  async function ask<Answer>(request: () => Promise<Answer>): Promise<Answer> {
    try {
      return await request()
    } catch (error) {
      if (!(error instanceof StripeClient.errors.StripeError)) throw error
      const { type, statusCode, code, requestId } = error
      throw new PaymentsError({ kind: type, status: statusCode, reason: code, requestId })
    }
  }

  async function readDispute(payment: string): Promise<CheckoutFacts['dispute']> {
    const { data } = await ask(() => stripe.disputes.list({ payment_intent: payment, limit: 10 }))
    return toDispute(data.map(({ status }) => status))
  }

  return {
    provider: 'stripe',
    async createCheckout(wish: CheckoutWish): Promise<Checkout> {
      const { id, url } = await ask(() =>
        stripe.checkout.sessions.create(toCheckoutParams(wish, settings.automaticTax), {
          idempotencyKey: wish.orderId,
        }),
      )
      if (url === null) throw new PaymentsError({ kind: 'a checkout without an address' })
      return { ref: id, url }
    },
    async readEvent(body, headers, now) {
      try {
        const event = await stripe.webhooks.constructEventAsync(
          body,
          headers.get('stripe-signature') ?? '',
          settings.webhookSecret,
          signatureTolerance,
          undefined,
          now.getTime(),
        )
        return toPaymentEvent(event)
      } catch (error) {
        if (error instanceof StripeClient.errors.StripeSignatureVerificationError)
          throw new ProblemError('invalid-signature')
        if (error instanceof SyntaxError) throw new ProblemError('invalid-json')
        throw error
      }
    },
    async locate({ subject }) {
      if (subject === null) return undefined
      if (subject.kind === 'checkout') return toPair(subject.ref, subject.orderId)
      // Refunds and disputes name the payment only.
      const { data } = await ask(() => stripe.checkout.sessions.list({ payment_intent: subject.ref, limit: 1 }))
      const [session] = data
      return session === undefined ? undefined : toPair(session.id, session.client_reference_id)
    },
    async readCheckout(ref) {
      const session = await ask(() =>
        stripe.checkout.sessions.retrieve(ref, { expand: ['payment_intent.latest_charge'] }),
      )
      const facts = toFacts(session)
      if (facts.paymentRef === null || !facts.isDisputed) return { ...facts, dispute: null }
      return { ...facts, dispute: await readDispute(facts.paymentRef) }
    },
    async *undelivered(since) {
      const wanted = { types: [...eventTypes], created: toPeriod(since), delivery_success: false }
      for await (const page of pagesOf((part) => ask(() => stripe.events.list({ ...wanted, ...part })))) {
        yield page.map(toPaymentEvent)
      }
    },
    async *changedSince(since) {
      const created = toPeriod(since)
      const ofPayment = (objects: readonly { readonly payment_intent: string | { readonly id: string } | null }[]) =>
        objects.flatMap(({ payment_intent: payment }) =>
          payment === null
            ? []
            : [{ kind: 'payment' as const, ref: typeof payment === 'string' ? payment : payment.id }],
        )
      // All that happened, also to what is older; but Stripe forgets events after a month.
      const types = [...eventTypes]
      for await (const page of pagesOf((part) => ask(() => stripe.events.list({ types, created, ...part })))) {
        yield page.map(toPaymentEvent).flatMap(({ subject }) => (subject === null ? [] : [subject]))
      }
      for await (const page of pagesOf((part) => ask(() => stripe.refunds.list({ created, ...part })))) {
        yield ofPayment(page)
      }
      for await (const page of pagesOf((part) => ask(() => stripe.disputes.list({ created, ...part })))) {
        yield ofPayment(page)
      }
      for await (const page of pagesOf((part) => ask(() => stripe.checkout.sessions.list({ created, ...part })))) {
        yield page.map(({ id, client_reference_id: orderId }) => ({ kind: 'checkout' as const, ref: id, orderId }))
      }
    },
  }
}

/** Which part of a list is asked for. */
interface Part {
  readonly limit: number
  readonly starting_after?: string
}

/** A list, page by page. */
async function* pagesOf<Item extends { readonly id: string }>(
  list: (part: Part) => Promise<{ readonly data: Item[]; readonly has_more: boolean }>,
): AsyncIterable<readonly Item[]> {
  let after: string | undefined
  do {
    const page = await list({ limit: 100, ...(after === undefined ? {} : { starting_after: after }) })
    yield page.data
    after = page.has_more ? page.data.at(-1)?.id : undefined
  } while (after !== undefined)
}

function toPeriod(since: Date): { readonly gte: number } {
  return { gte: Math.floor(since.getTime() / 1000) }
}

function toPair(ref: string, orderId: string | null): { ref: string; orderId: string } | undefined {
  return orderId === null ? undefined : { ref, orderId }
}

function toAddress(url: string): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  const { hostname, port, protocol } = new URL(url)
  const isPlain = protocol === 'http:'
  return { host: hostname, port: port === '' ? (isPlain ? 80 : 443) : port, protocol: isPlain ? 'http' : 'https' }
}
