/** What the Stripe of tests takes: parameters that it does not know, or cannot be, are refused as Stripe refuses them. */

/** Why a request is refused: Stripe's words for its 400. */
export interface Refusal {
  readonly code: string
  readonly param: string
}

type Check = (value: string) => boolean

const anyText: Check = (value) => value.length > 0 && value.length <= 500
const isUrl: Check = (value) => /^https?:\/\//.test(value) && URL.canParse(value)
const is =
  (...values: string[]): Check =>
  (value) =>
    values.includes(value)

const sessionParams: Readonly<Record<string, Check>> = {
  mode: is('payment'),
  client_reference_id: (value) => /^[\w-]{1,200}$/.test(value),
  customer_email: (value) => /^[^@\s]+@[^@\s]+$/.test(value),
  'line_items[0][quantity]': is('1'),
  'line_items[0][price_data][currency]': is('usd', 'eur'),
  'line_items[0][price_data][unit_amount]': (value) => /^\d+$/.test(value) && Number(value) >= 50,
  'line_items[0][price_data][product_data][name]': anyText,
  'line_items[0][price_data][tax_behavior]': is('inclusive'),
  'metadata[order_id]': anyText,
  'payment_intent_data[metadata][order_id]': anyText,
  'payment_intent_data[description]': anyText,
  'payment_intent_data[receipt_email]': anyText,
  'adaptive_pricing[enabled]': is('false'),
  'custom_text[submit][message]': anyText,
  'automatic_tax[enabled]': is('true'),
  billing_address_collection: is('required'),
  'tax_id_collection[enabled]': is('true'),
  success_url: isUrl,
  cancel_url: isUrl,
}

const needed = ['mode', 'line_items[0][price_data][unit_amount]', 'line_items[0][price_data][currency]', 'success_url']

/** Checks the parameters of a new session. */
export function refuseSession(params: URLSearchParams): Refusal | undefined {
  return (
    refuse(params, sessionParams) ??
    needed.filter((name) => !params.has(name)).map((param) => ({ code: 'parameter_missing', param }))[0]
  )
}

const ofPayment = {
  payment_intent: (value: string) => value.startsWith('pi_'),
  limit: (value: string) => Number(value) <= 100,
}

/** A list of everything since a time, page by page. */
const list = (prefix: string): Readonly<Record<string, Check>> => ({
  'created[gte]': (value) => /^\d{10}$/.test(value),
  limit: (value) => Number(value) >= 1 && Number(value) <= 100,
  starting_after: (value) => value.startsWith(prefix),
})

const queries: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  session: { 'expand[0]': is('payment_intent.latest_charge') },
  '/v1/checkout/sessions': { ...list('cs_'), ...ofPayment },
  '/v1/disputes': { ...list('du_'), ...ofPayment },
  '/v1/refunds': list('re_'),
  '/v1/events': {
    ...Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`types[${index}]`, anyText])),
    ...list('evt_'),
    delivery_success: is('false'),
  },
}

/** Checks the query of a request: for a `session`, or at a path. */
export function refuseQuery(kind: string, params: URLSearchParams): Refusal | undefined {
  const known = queries[kind]
  return known === undefined ? { code: 'unknown_url', param: kind } : refuse(params, known)
}

function refuse(params: URLSearchParams, known: Readonly<Record<string, Check>>): Refusal | undefined {
  for (const [param, value] of params) {
    const check = known[param]
    if (check === undefined) return { code: 'parameter_unknown', param }
    if (!check(value)) return { code: 'parameter_invalid', param }
  }
  return undefined
}
