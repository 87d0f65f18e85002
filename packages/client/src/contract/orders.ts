/** Packs of credits, and orders of them. An order is paid on a page of the payment provider; it is fulfilled when the provider says so. */
import { z } from 'zod'
import { idSchema } from './id.ts'
import { pageSchema } from './page.ts'
import { timeSchema } from './time.ts'

/** Names of the packs. */
export const packNames = ['small', 'medium', 'large'] as const

/** Name of a pack. */
export type PackName = (typeof packNames)[number]

/** Amounts are whole numbers of the smallest unit of their currency: 500 USD are 5 dollars. */
const minor = z.number().int().min(0)
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ description: 'ISO 4217.', example: 'USD' })

/** A number of credits at a price. */
export const packSchema = z
  .object({
    name: z.enum(packNames),
    credits: z.number().int().min(1),
    amount_minor: minor.meta({ description: 'Price with taxes, in the smallest unit of the currency.' }),
    currency,
  })
  .meta({ id: 'Pack' })

export type PackAnswer = z.infer<typeof packSchema>

/** What an order is made under. */
export const termsSchema = z
  .object({
    version: z.string().meta({ description: 'Sent back as `accepted_terms`.', example: '2026-11-28' }),
    refundable: z.literal(false),
    text: z.string().meta({ description: 'To be shown before an order is made.' }),
  })
  .meta({ id: 'OrderTerms' })

/** What can be ordered. */
export const packListSchema = z
  .object({
    data: z.array(packSchema).meta({ description: 'Empty where nothing is sold.' }),
    terms: termsSchema,
  })
  .meta({ id: 'PackList' })

const stateNames = ['created', 'pending', 'paid', 'refunded', 'disputed', 'expired', 'failed'] as const

/** Name of a state. */
export type OrderState = (typeof stateNames)[number]

/** What an order goes through. */
export const orderStates: Readonly<Record<OrderState, string>> = {
  created: 'Waits to be paid, at `checkout_url`.',
  pending: 'The customer is done, the money is on its way: bank transfers and the like.',
  paid: 'Paid, and the credits were added.',
  refunded: 'The provider gave all of the money back; the credits were taken back.',
  disputed: 'The customer called the money back; the credits were taken back.',
  expired: 'Nobody paid in time.',
  failed: 'The payment did not succeed.',
}

export const orderStateSchema = z
  .enum(stateNames)
  .meta({ id: 'OrderState', description: stateNames.map((name) => `${name}: ${orderStates[name]}`).join(' ') })

/** An order. */
export const orderSchema = z
  .object({
    id: idSchema('order'),
    state: orderStateSchema,
    pack: z.string().meta({ description: 'Name of the pack; packs of long ago may be among them.' }),
    credits: z.number().int().min(1),
    credits_reversed: z
      .number()
      .int()
      .min(0)
      .meta({ description: 'Credits that were taken back after refunds and disputes.' }),
    amount_minor: minor,
    tax_minor: minor.nullable().meta({ description: 'Taxes within the amount, once the provider has told them.' }),
    amount_refunded_minor: minor,
    currency,
    checkout_url: z.url().nullable().meta({ description: 'Where to pay; null once there is nothing to pay any more.' }),
    refundable: z.literal(false),
    accepted_terms: z.string().meta({ description: 'Version of the terms that were accepted.' }),
    customer: z
      .object({ name: z.string(), email: z.string() })
      .meta({ description: 'As they were when the order was made.' }),
    created_at: timeSchema,
    paid_at: timeSchema.nullable(),
  })
  .meta({ id: 'Order' })

export type OrderAnswer = z.infer<typeof orderSchema>

export const orderPageSchema = pageSchema(orderSchema).meta({ id: 'OrderPage' })

/** What an order is made of. Not the price: it is the pack's. */
export const newOrderSchema = z
  .strictObject({
    pack: z.enum(packNames),
    accepted_terms: z
      .string()
      .max(100)
      .meta({ description: 'Version of the terms that the customer has seen and accepts.' }),
  })
  .meta({ id: 'NewOrder' })

export type NewOrder = z.infer<typeof newOrderSchema>
