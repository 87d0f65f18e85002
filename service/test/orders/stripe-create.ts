/** How the Stripe of tests makes sessions: once per key, with the bad days that Stripe has. */
import { createSession, type StripeSession, toSessionObject } from './stripe-objects.ts'
import { type Refusal, refuseSession } from './stripe-params.ts'

/**
 * What goes wrong with one request: 500 `before` it was done, 500 `after` it was done, a connection that is `cut` after it was done, or a 500 that is `sticky`: the key
 * remembers it, as Stripe's keys do.
 */
export type Fault = 'before' | 'after' | 'cut' | 'sticky'

/** An answer, or none at all. */
export type StripeAnswer = { readonly status: number; readonly body: unknown } | 'cut'

/** Creates sessions. */
export interface StripeCreation {
  readonly sessions: ReadonlyMap<string, StripeSession>
  /** What happens to the next requests. */
  readonly faults: Fault[]
  create(params: string, key: string): Promise<StripeAnswer>
}

interface Kept {
  readonly params: string
  answer?: StripeAnswer
}

/** @param onRefusal told of every request that Stripe would not take */
export function createStripeCreation(onRefusal: (refusal: Refusal) => void): StripeCreation {
  const sessions = new Map<string, StripeSession>()
  const keys = new Map<string, Kept>()
  const faults: Fault[] = []

  function answerNew(params: string): StripeAnswer {
    const form = new URLSearchParams(params)
    const refusal = refuseSession(form)
    if (refusal !== undefined) {
      onRefusal(refusal)
      return toError(400, 'invalid_request_error', refusal.code)
    }
    const session = createSession({
      orderId: form.get('client_reference_id') ?? '',
      amount: Number(form.get('line_items[0][price_data][unit_amount]')),
      currency: form.get('line_items[0][price_data][currency]') ?? '',
      email: form.get('customer_email') ?? '',
      metadata: { order_id: form.get('metadata[order_id]') ?? '' },
    })
    sessions.set(session.id, session)
    return { status: 200, body: toSessionObject(session) }
  }

  return {
    sessions,
    faults,
    async create(params, key) {
      // Stripe does not ask for a key; our own rule is that nothing is created without.
      if (key === '') {
        onRefusal({ code: 'parameter_missing', param: 'Idempotency-Key' })
        return toError(400, 'invalid_request_error', 'parameter_missing')
      }
      const badDay = toError(500, 'api_error', 'bad_day')
      const fault = faults.shift()
      if (fault === 'before') return badDay
      const kept = keys.get(key)
      if (kept !== undefined) {
        if (kept.params !== params) return toError(400, 'idempotency_error', 'idempotency_key_reused')
        return kept.answer ?? toError(409, 'idempotency_error', 'idempotency_key_in_use')
      }
      const entry: Kept = { params }
      keys.set(key, entry)
      // Long enough for a second request to come meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 5))
      entry.answer = fault === 'sticky' ? badDay : answerNew(params)
      // What was not valid was not begun, and is not remembered.
      if (entry.answer !== 'cut' && entry.answer.status === 400) keys.delete(key)
      if (fault === 'after') return badDay
      return fault === 'cut' ? 'cut' : entry.answer
    },
  }
}

/** An error in Stripe's form. */
export function toError(status: number, type: string, code: string): StripeAnswer {
  return { status, body: { error: { type, code, message: `What Stripe says about ${code}.` } } }
}
