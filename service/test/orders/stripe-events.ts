/** The events of the Stripe of tests: each is written down, and listed until it was delivered. */
import Stripe from 'stripe'

/** An event; `body` is what is sent, and signed. */
export interface StripeEvent {
  readonly id: string
  readonly type: string
  readonly body: string
  readonly created: number
}

export interface StripeEvents {
  tell(type: string, object: unknown): StripeEvent
  markDelivered(id: string): void
  /** A month goes by. */
  forget(): void
  /** A page, newest first, of all or of those that were not delivered. */
  list(query: URLSearchParams): unknown
}

/** Pages are small, so that tests see more than one. */
const pageSize = 3

/** A page of a list that the query asks for. */
export function toPage(
  found: readonly { readonly id: string; readonly object: unknown }[],
  query: URLSearchParams,
  url: string,
): unknown {
  const begin = found.findIndex(({ id }) => id === query.get('starting_after')) + 1
  const page = found.slice(begin, begin + Math.min(pageSize, Number(query.get('limit'))))
  const data = page.map(({ object }) => object)
  return { object: 'list', data, has_more: begin + page.length < found.length, url }
}

export function createStripeEvents(): StripeEvents {
  const events: StripeEvent[] = []
  const delivered = new Set<string>()
  return {
    tell(type, object) {
      const id = `evt_${String(events.length + 1).padStart(8, '0')}`
      const created = Math.floor(Date.now() / 1000)
      const body = JSON.stringify({
        id,
        object: 'event',
        api_version: Stripe.API_VERSION,
        created,
        data: { object },
        livemode: false,
        pending_webhooks: 1,
        request: { id: null, idempotency_key: null },
        type,
      })
      const event = { id, type, created, body }
      events.push(event)
      return event
    },
    markDelivered: (id) => void delivered.add(id),
    forget: () => void events.splice(0),
    list(query) {
      const types = new Set([...query].filter(([name]) => name.startsWith('types')).map(([, value]) => value))
      const since = Number(query.get('created[gte]'))
      const isWanted = ({ id }: StripeEvent): boolean => !query.has('delivery_success') || !delivered.has(id)
      const found = events
        .filter((event) => types.has(event.type) && isWanted(event) && event.created >= since)
        .reverse()
        .map(({ id, body }) => ({ id, object: JSON.parse(body) }))
      return toPage(found, query, '/v1/events')
    },
  }
}
