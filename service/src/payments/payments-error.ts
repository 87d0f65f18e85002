/** The payment provider gave no usable answer. Holds what helps to find the request at the provider, never what was sent, nor the provider's words. */

/** Facts for the log. */
export interface PaymentsTrouble {
  readonly kind: string
  readonly status?: number | undefined
  readonly reason?: string | undefined
  readonly requestId?: string | undefined
}

export class PaymentsError extends Error {
  override readonly name = 'PaymentsError'
  readonly trouble: PaymentsTrouble

  constructor(trouble: PaymentsTrouble) {
    super(`The payment provider did not do it: ${trouble.kind}${trouble.reason ? ` (${trouble.reason})` : ''}.`)
    this.trouble = trouble
  }
}
