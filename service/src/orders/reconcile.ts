/**
 * Finds what got lost: events that were never delivered, and orders that wait although the provider knows more. So credits come even when no webhook ever does, and after
 * a crash between the payment and its credits.
 */

import { toWireId } from '../keys/uuid.ts'
import type { Payments } from '../payments/payments.ts'
import type { Service } from '../service.ts'
import { followCheckout } from './follow.ts'
import { findNew, receiveEvent } from './receive-event.ts'
import type { Order } from './step.ts'

type Parts = Pick<Service, 'db' | 'clock' | 'log' | 'settings'>

/** Providers keep events for a month. */
const eventsFor = 30 * 86_400_000

/** An order that has no checkout after this long gets none: its key at the provider is forgotten, and a new checkout could be a second one. */
const checkoutWithin = 24 * 3_600_000

const batch = 100

/** What a run did. */
export interface Reconciled {
  readonly events: number
  readonly orders: number
  /** Orders that changed. */
  readonly changed: number
  /** What could not be looked at; the next run will. */
  readonly failed: number
}

/** Runs once over everything that waits. One that fails keeps no other from its credits. `signal` ends the run early; what is done stays done. */
export async function reconcileOrders(service: Parts, payments: Payments, signal: AbortSignal): Promise<Reconciled> {
  const counts = { events: 0, orders: 0, changed: 0, failed: 0 }
  const tried = async (facts: object, work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      service.log.warn({ err: error, ...facts }, 'not reconciled; the next run tries again')
      counts.failed += 1
    }
  }
  await tried({ what: 'events' }, async () => {
    for await (const page of payments.undelivered(new Date(service.clock.now().getTime() - eventsFor))) {
      // What was dealt with here stays undelivered for the provider: for a month, most of a page is known.
      for (const event of await findNew(service.db, payments, page)) {
        if (signal.aborted) return
        await tried({ event: event.id }, async () => {
          const outcome = await receiveEvent(service, payments, event)
          if (outcome === 'known' || outcome === 'ignored') return
          counts.events += 1
          if (outcome === 'applied') counts.changed += 1
        })
      }
    }
  })
  for await (const order of waitingOrders(service, payments)) {
    if (signal.aborted) return counts
    await tried({ orderId: order.id }, async () => {
      counts.orders += 1
      if (await lookAt(service, payments, order)) counts.changed += 1
    })
  }
  return counts
}

async function* waitingOrders({ db }: Parts, { provider }: Payments): AsyncIterable<Order> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const orders = await db
      .selectFrom('order')
      .selectAll()
      .where('state', 'in', ['created', 'pending'])
      .where('provider', '=', provider)
      .where('id', '>', after)
      .orderBy('id')
      .limit(batch)
      .execute()
    yield* orders
    const last = orders.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

async function lookAt(service: Parts, payments: Payments, order: Order): Promise<boolean> {
  if (order.checkout_ref !== null) {
    const checkout = { ref: order.checkout_ref, orderId: toWireId('order', order.id) }
    return (await followCheckout(service, payments, checkout)) === 'applied'
  }
  if (service.clock.now().getTime() - order.created_at.getTime() < checkoutWithin) return false
  const { numUpdatedRows } = await service.db
    .updateTable('order')
    .set({ state: 'expired', revision: order.revision + 1 })
    .where('id', '=', order.id)
    .where('revision', '=', order.revision)
    .where('checkout_ref', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
