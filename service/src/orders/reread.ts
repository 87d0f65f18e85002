/**
 * Reads everything again that happened at the provider since a time. After a restore of the database this is news, although the provider has told of it before: refunds and
 * disputes of orders that the backup knows as paid, and payments of orders that it does not know at all.
 */
import { fromWireId } from '../keys/uuid.ts'
import type { CheckoutFacts, CheckoutOfOrder, PaymentSubject, Payments } from '../payments/payments.ts'
import type { Service } from '../service.ts'
import { followCheckout } from './follow.ts'

type Parts = Pick<Service, 'db' | 'clock' | 'log' | 'settings'>

/** Money that came in for an order that is not there. */
export type Orphan = CheckoutOfOrder & Pick<CheckoutFacts, 'amountMinor' | 'amountRefundedMinor' | 'currency'>

/** What was found. */
export interface Reread {
  readonly checkouts: number
  /** Orders that changed. */
  readonly changed: number
  /** Orders where the provider says what does not fit. */
  readonly mismatches: number
  readonly orphans: readonly Orphan[]
  /** What could not be looked at. */
  readonly failures: readonly string[]
}

/**
 * Reads again. To do it twice does no harm.
 *
 * @throws PaymentsError when the provider does not say what happened
 */
export async function rereadPayments(service: Parts, payments: Payments, since: Date): Promise<Reread> {
  const counts = { checkouts: 0, changed: 0, mismatches: 0 }
  const orphans: Orphan[] = []
  const failures: string[] = []
  const seen = new Set<string>()
  const isNew = (key: string): boolean => !seen.has(key) && seen.add(key).size > 0

  const look = async (subject: PaymentSubject): Promise<void> => {
    const checkout = await payments.locate({ subject })
    // What is not ours is sold by somebody else from the same account.
    if (checkout === undefined || fromWireId('order', checkout.orderId) === undefined) return
    if (!isNew(`order of ${checkout.ref}`)) return
    counts.checkouts += 1
    const outcome = await followCheckout(service, payments, checkout)
    if (outcome === 'applied') counts.changed += 1
    if (outcome === 'mismatch') counts.mismatches += 1
    if (outcome === 'foreign') orphans.push(...(await findMoney(payments, checkout)))
  }

  for await (const page of payments.changedSince(since)) {
    for (const subject of page) {
      if (!isNew(`${subject.kind} ${subject.ref}`)) continue
      try {
        await look(subject)
      } catch (error) {
        failures.push(`${subject.ref}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  return { ...counts, orphans, failures }
}

async function findMoney(payments: Payments, checkout: CheckoutOfOrder): Promise<Orphan[]> {
  const { status, amountMinor, amountRefundedMinor, currency } = await payments.readCheckout(checkout.ref)
  if (status !== 'paid' || amountRefundedMinor >= amountMinor) return []
  return [{ ...checkout, amountMinor, amountRefundedMinor, currency }]
}
