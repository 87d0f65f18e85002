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
  if (await isKnown(service.db, payments, event)) return 'known'
  const checkout = await payments.locate(event)
  if (checkout === undefined) return recordForeign(service, payments, event)
  return followCheckout(service, payments, checkout, event)
}

async function isKnown(db: Db, { provider }: Payments, { id }: PaymentEvent): Promise<boolean> {
  const row = await db
    .selectFrom('payment_event')
    .select('id')
    .where('provider', '=', provider)
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}
