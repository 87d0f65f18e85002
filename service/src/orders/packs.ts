/**
 * What is sold. A credit is about what one picture of the cheapest hosted model costs us, with room for failures and storage.
 *
 * - In dollars, since that is what the providers of AI charge: no exchange rate eats the margin.
 * - The smallest costs 5 dollars: below that the fixed part of a card fee (about 30 cents) is a tenth of the price.
 * - Three, each cheaper per credit than the one before (10, 9 and 8 cents): enough to choose from, and nothing to compute.
 *
 * Orders keep their own numbers, so a change here changes no order.
 */
import { type PackAnswer, type PackName, packNames } from '@hero-image/client/contract'

const table: { readonly [Name in PackName]: Omit<PackAnswer, 'name'> } = {
  small: { credits: 50, amount_minor: 500, currency: 'USD' },
  medium: { credits: 200, amount_minor: 1800, currency: 'USD' },
  large: { credits: 1000, amount_minor: 8000, currency: 'USD' },
}

/** The pack of a name. */
export function packOf(name: PackName): PackAnswer {
  return { name, ...table[name] }
}

/** All packs, smallest first. */
export const packs: readonly PackAnswer[] = packNames.map(packOf)
