/**
 * A payment provider, whichever it is. It shows the page where people pay, tells with signed events that something happened, and can be asked at any time what is true.
 * What an event says is never believed beyond "look again": events come late, twice and in any order.
 */

/** What is to be paid. Equal wishes must be equal in every field: providers compare them under the key. */
export interface CheckoutWish {
  /** Identifier of the order as it stands on the wire; the key under which the checkout is made once. */
  readonly orderId: string
  readonly credits: number
  readonly amountMinor: number
  readonly currency: string
  readonly email: string
  /** Where the customer comes back to, having paid or not. Coming back proves nothing. */
  readonly successUrl: string
  readonly cancelUrl: string
}

/** A page where an order can be paid. */
export interface Checkout {
  readonly ref: string
  readonly url: string
}

/** What the provider knows about the customer, for the invoice. */
export interface Billing {
  readonly name: string | null
  readonly email: string | null
  readonly business_name: string | null
  readonly address: Readonly<Record<string, string | null>> | null
  readonly tax_exempt: string | null
  readonly tax_ids: readonly { readonly type: string; readonly value: string | null }[]
}

/** What is true about a checkout at the provider. Amounts are in the smallest unit. */
export interface CheckoutFacts {
  readonly ref: string
  /** The order it was made for, as it stands on the wire. */
  readonly orderId: string | null
  /** `pending`: the customer is done, the money is not there yet. */
  readonly status: 'open' | 'pending' | 'paid' | 'failed' | 'expired'
  readonly amountMinor: number
  readonly taxMinor: number
  readonly currency: string
  readonly amountRefundedMinor: number
  readonly dispute: 'open' | 'won' | 'lost' | null
  readonly paymentRef: string | null
  readonly billing: Billing | null
}

/** What something is about. */
export type PaymentSubject =
  | { readonly kind: 'checkout'; readonly ref: string; readonly orderId: string | null }
  | { readonly kind: 'payment'; readonly ref: string }

/** Something happened. `subject` is null for what does not concern us. */
export interface PaymentEvent {
  readonly id: string
  readonly type: string
  readonly subject: PaymentSubject | null
}

/** A checkout and the order it was made for. */
export interface CheckoutOfOrder {
  readonly ref: string
  readonly orderId: string
}

/** Takes payments. Every function that asks the provider throws PaymentsError when it gives no answer. */
export interface Payments {
  readonly provider: string
  /** Makes a checkout; the same order again gives the same one. */
  createCheckout(wish: CheckoutWish): Promise<Checkout>
  /**
   * Reads a webhook.
   *
   * @param body as it came, byte by byte: that is what is signed
   * @throws ProblemError invalid-signature
   */
  readEvent(body: Uint8Array, headers: Headers, now: Date): Promise<PaymentEvent>
  /** Which checkout an event is about; undefined when it is about none of an order. */
  locate(event: Pick<PaymentEvent, 'subject'>): Promise<CheckoutOfOrder | undefined>
  readCheckout(ref: string): Promise<CheckoutFacts>
  /** Pages of events that nobody has taken, as far as the provider knows. Others may be among them. */
  undelivered(since: Date): AsyncIterable<readonly PaymentEvent[]>
  /** Pages of what something happened to since then, whether we were told or not; the same may come more than once, and what is not ours among it. */
  changedSince(since: Date): AsyncIterable<readonly PaymentSubject[]>
}

/** Signatures older than this are refused, seconds: a message that was overheard cannot be sent again later. */
export const signatureTolerance = 300
