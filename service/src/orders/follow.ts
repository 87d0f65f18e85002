/**
 * Makes an order what is true at the provider. Nothing else changes the state of an order or its credits.
 *
 * The provider is asked outside of any transaction. So that an old answer never overwrites a newer one, the revision of the order is read before asking, and must be the
 * same when the answer changes something: then nobody has looked meanwhile, and the answer is newer than all others. Else: ask again. Hence no lock is held while waiting.
 */
import type { Db } from '../database/open.ts'
import type { PaymentEventOutcome } from '../database/tables/orders.ts'
import { fromWireId } from '../keys/uuid.ts'
import { reverse, topUp } from '../ledger/ledger.ts'
import type { CheckoutFacts, CheckoutOfOrder, PaymentEvent, Payments } from '../payments/payments.ts'
import type { Service } from '../service.ts'
import { retainPaidUntil } from './retention.ts'
import { type Order, toStep } from './step.ts'

type Parts = Pick<Service, 'db' | 'clock' | 'log' | 'settings'>

/** Answers are outdated only while others bring newer ones; an order has few states. */
const mostReads = 20

/**
 * Brings an order up to date.
 *
 * @param event written down with what came of it, in the same transaction
 * @returns foreign: there is no such order, or it belongs to another checkout
 * @throws PaymentsError when the provider gives no answer
 */
export async function followCheckout(
  parts: Parts,
  payments: Payments,
  checkout: CheckoutOfOrder,
  event?: PaymentEvent,
): Promise<PaymentEventOutcome> {
  const id = fromWireId('order', checkout.orderId)
  for (let reads = 0; reads < mostReads; reads += 1) {
    const before = id === undefined ? undefined : await findOrder(parts.db, payments, id, checkout.ref)
    if (before === undefined) return recordForeign(parts, payments, event)
    const facts = await payments.readCheckout(checkout.ref)
    if (facts.orderId !== checkout.orderId) throw new Error('A checkout changed the order that it is for.')
    const outcome = await parts.db.transaction().execute((trx) => write(trx, parts, payments, before, facts, event))
    if (outcome === 'mismatch') {
      parts.log.error({ orderId: before.id, checkout: checkout.ref }, 'what the provider says does not fit the order')
    }
    if (outcome !== 'outdated') return outcome
  }
  throw new Error('The order changed whenever it was looked at.')
}

/** Writes down that an event is about nothing of ours: nobody asks the provider about it again. */
export async function recordForeign(
  { db, clock }: Parts,
  payments: Payments,
  event: PaymentEvent | undefined,
): Promise<'foreign'> {
  await recordEvent(db, payments, event, null, 'foreign', clock.now())
  return 'foreign'
}

/** The order, if the checkout is its own. The event may be faster than we are: then the order does not know its checkout yet. */
async function findOrder(db: Db, { provider }: Payments, id: string, ref: string): Promise<Order | undefined> {
  return db
    .selectFrom('order')
    .selectAll()
    .where('id', '=', id)
    .where('provider', '=', provider)
    .where((where) => where.or([where('checkout_ref', 'is', null), where('checkout_ref', '=', ref)]))
    .executeTakeFirst()
}

async function write(
  trx: Db,
  { clock, settings }: Parts,
  payments: Payments,
  read: Order,
  facts: CheckoutFacts,
  event: PaymentEvent | undefined,
): Promise<PaymentEventOutcome | 'outdated'> {
  const current = await trx
    .selectFrom('order')
    .selectAll()
    .where('id', '=', read.id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (current === undefined) return 'outdated'
  const now = clock.now()
  const step = toStep(current, facts, now)
  if (step.outcome !== 'unchanged' && current.revision !== read.revision) return 'outdated'
  if (!(await recordEvent(trx, payments, event, current.id, step.outcome, now))) return 'unchanged'
  const { id, wallet_id: walletId, credits } = current
  const revision = current.revision + 1
  // What is paid can go forth and back: a refund fails, a dispute is won. An answer from between must not come after this one.
  if (step.outcome === 'unchanged' && current.paid_at !== null) {
    await trx.updateTable('order').set({ revision }).where('id', '=', id).execute()
  }
  if (step.outcome !== 'applied') return step.outcome
  const wallet = { walletId, orderId: id, at: now }
  if (step.isCredited) await topUp(trx, { ...wallet, credits, kind: 'topup', key: `order:${id}` })
  const key = `order:${id}:${revision}`
  if (step.reverse > 0) await reverse(trx, { ...wallet, credits: step.reverse, key })
  if (step.reverse < 0) await topUp(trx, { ...wallet, credits: -step.reverse, kind: 'topup', key })
  const { order } = step
  await trx
    .updateTable('order')
    .set({
      state: order.state,
      paid_at: order.paid_at,
      tax_minor: order.tax_minor,
      amount_refunded_minor: order.amount_refunded_minor,
      credits_reversed: order.credits_reversed,
      dispute: order.dispute,
      billing: order.billing === null ? null : JSON.stringify(order.billing),
      checkout_ref: order.checkout_ref,
      payment_ref: order.payment_ref,
      checkout_url: order.checkout_url,
      revision,
      ...(step.isCredited ? { retain_until: retainPaidUntil(now, settings.HERO_ORDER_RETENTION_YEARS) } : {}),
    })
    .where('id', '=', id)
    .execute()
  return 'applied'
}

/** Writes an event down; false when somebody else did. */
async function recordEvent(
  db: Db,
  { provider }: Payments,
  event: PaymentEvent | undefined,
  orderId: string | null,
  outcome: PaymentEventOutcome,
  now: Date,
): Promise<boolean> {
  if (event === undefined) return true
  const { id, type } = event
  const written = await db
    .insertInto('payment_event')
    .values({ provider, id, type, order_id: orderId, outcome, received_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return written !== undefined
}
