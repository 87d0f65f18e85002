/** Gives an order the page where it is paid. Its address is handed out only after the order knows it, so an order without one cannot have been paid. */
import { ProblemError } from '../http/problem.ts'
import { toWireId } from '../keys/uuid.ts'
import type { Payments } from '../payments/payments.ts'
import type { Service } from '../service.ts'
import { providerProblem } from './provider-problem.ts'
import type { Order } from './step.ts'

type Parts = Pick<Service, 'db' | 'log' | 'publicUrl'>

/**
 * The order with its checkout. Asked again, after whatever failure, it is the same checkout: the order is the key under which the provider makes it.
 *
 * @throws ProblemError provider-unavailable: the same request again goes on where this one stopped; conflict for orders that came to an end without a checkout
 */
export async function openCheckout(parts: Parts, payments: Payments, id: string): Promise<Order> {
  const order = await find(parts, id)
  if (order.checkout_url !== null || (order.checkout_ref !== null && order.state !== 'created')) return order
  if (order.state !== 'created' || order.provider !== payments.provider) {
    throw new ProblemError('conflict', { detail: 'This order cannot be paid any more. Make another one.' })
  }
  const orderId = toWireId('order', id)
  const { ref, url } = await payments
    .createCheckout({
      orderId,
      credits: order.credits,
      amountMinor: order.amount_minor,
      currency: order.currency,
      email: order.customer_email,
      // Pages of the web application; what they show they ask the service for.
      successUrl: `${parts.publicUrl}/orders/${orderId}`,
      cancelUrl: `${parts.publicUrl}/credits`,
    })
    .catch(providerProblem(parts.log))
  await parts.db
    .updateTable('order')
    .set({ checkout_ref: ref, checkout_url: url })
    .where('id', '=', id)
    .where('state', '=', 'created')
    .where('checkout_url', 'is', null)
    .execute()
  return find(parts, id)
}

async function find({ db }: Parts, id: string): Promise<Order> {
  return db.selectFrom('order').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}
