/** What is done with an event of the provider, whether it was delivered or found by reconciliation. */
import type { Db } from '../database/open.ts'
import type { PaymentEventOutcome } from '../database/tables/orders.ts'
import type { PaymentEvent, Payments } from '../payments/payments.ts'
import type { Service } from '../service.ts'
import { followCheckout, recordForeign } from './follow.ts'

/**
 * Deals with an event, once. It is written down in the transaction of what it changes: after a crash it is as new.
 *
 * @returns what came of it; `known` when it was dealt with before, `ignored` for what does not concern orders
 * @throws PaymentsError when the provider gives no answer: the event has to come again
 */
export async function receiveEvent(
  service: Pick<Service, 'db' | 'clock' | 'log' | 'settings'>,
  payments: Payments,
  event: PaymentEvent,
): Promise<PaymentEventOutcome | 'known' | 'ignored'> {
  if (event.subject === null) return 'ignored'
  if ((await findNew(service.db, payments, [event])).length === 0) return 'known'
  const checkout = await payments.locate(event)
  if (checkout === undefined) return recordForeign(service, payments, event)
  return followCheckout(service, payments, checkout, event)
}

/** Those that were not dealt with yet. */
export async function findNew(
  db: Db,
  { provider }: Payments,
  events: readonly PaymentEvent[],
): Promise<readonly PaymentEvent[]> {
  if (events.length === 0) return []
  const ids = events.map(({ id }) => id)
  const rows = await db
    .selectFrom('payment_event')
    .select('id')
    .where('provider', '=', provider)
    .where('id', 'in', ids)
    .execute()
  const known = new Set(rows.map(({ id }) => id))
  return events.filter(({ id }) => !known.has(id))
}
