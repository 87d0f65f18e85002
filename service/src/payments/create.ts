/** Who takes payments, as the settings say. */
import type { Clock } from '../clock.ts'
import type { Settings } from '../settings/read.ts'
import { createFakePayments, type FakePayments } from './fake.ts'
import { createStripePayments, type StripePayments } from './stripe.ts'

/** Any of the providers. */
export type AnyPayments = StripePayments | FakePayments

/** What the choice depends on. */
export interface PaymentsParts {
  readonly settings: Settings
  readonly secret: string
  readonly publicUrl: string
  readonly clock: Clock
}

/** Creates the adapter; undefined where nothing is sold. */
export async function createPayments(parts: PaymentsParts): Promise<AnyPayments | undefined> {
  const { settings, secret, publicUrl, clock } = parts
  if (settings.HERO_PAYMENTS === 'fake') return createFakePayments({ secret, publicUrl, now: clock.now })
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = settings
  if (settings.HERO_PAYMENTS === 'none' || secretKey === undefined || webhookSecret === undefined) return undefined
  return createStripePayments({
    secretKey,
    webhookSecret,
    automaticTax: settings.STRIPE_AUTOMATIC_TAX,
    apiUrl: settings.STRIPE_API_URL,
  })
}
