/** What customers accept with an order. A change of the words is a new version: orders tell which one was accepted. */
import type { packListSchema } from '@hero-image/client/contract'
import type { z } from 'zod'

/** The present terms. */
export const terms: z.output<typeof packListSchema>['terms'] = {
  version: '2026-11-28',
  refundable: false,
  text: [
    'Credits are added to the account as soon as they are paid, and can be spent at once.',
    'Purchases are not refundable, neither in whole nor in part; credits that are left when an account is deleted are lost.',
    'With the order you ask for credits at once and know that a right to withdraw from the purchase, where you have one, ends with that.',
    'If a payment is called back, the credits that it brought are taken back, too.',
  ].join(' '),
}
