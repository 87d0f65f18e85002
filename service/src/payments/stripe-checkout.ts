/** What we ask Stripe for. It depends on nothing but the order and the settings: under one key Stripe refuses a request that differs from the first. */
import type Stripe from 'stripe'
import type { CheckoutWish } from './payments.ts'

/** Parameters of a checkout session. */
export function toCheckoutParams(wish: CheckoutWish, automaticTax: boolean): Stripe.Checkout.SessionCreateParams {
  const { orderId, credits, amountMinor, currency, email, successUrl, cancelUrl } = wish
  const metadata = { order_id: orderId }
  return {
    mode: 'payment',
    client_reference_id: orderId,
    customer_email: email,
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: currency.toLowerCase(),
          unit_amount: amountMinor,
          product_data: { name: `${credits} credits` },
          ...(automaticTax ? { tax_behavior: 'inclusive' } : {}),
        },
      },
    ],
    metadata,
    payment_intent_data: { metadata, description: `Hero Image, ${credits} credits, ${orderId}`, receipt_email: email },
    // What is charged is what the order says, in its currency.
    adaptive_pricing: { enabled: false },
    custom_text: { submit: { message: 'Credits are added at once. Purchases are not refundable.' } },
    ...(automaticTax
      ? {
          automatic_tax: { enabled: true },
          billing_address_collection: 'required',
          tax_id_collection: { enabled: true },
        }
      : {}),
    success_url: successUrl,
    cancel_url: cancelUrl,
  }
}
