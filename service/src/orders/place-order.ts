/** Writes an order down. Nothing is asked of the provider yet: that would hold the transaction for as long as the network pleases. */
import type { NewOrder } from '@hero-image/client/contract'
import type { Db } from '../database/open.ts'
import { invalidField, notFound, ProblemError } from '../http/problem.ts'
import { newId } from '../keys/uuid.ts'
import { openWallet } from '../ledger/ledger.ts'
import { packOf } from './packs.ts'
import { retainUnpaidUntil } from './retention.ts'
import { terms } from './terms.ts'

/** Who orders, through which provider, and when. */
export interface Placing {
  readonly userId: string
  readonly provider: string
  readonly at: Date
}

/** Checkouts of Stripe live for a day; one with less than an hour left is not handed out again. */
const reusedFor = 23 * 3_600_000

/** An order without a checkout is about to get one, or the provider would not make it. Stripe remembers even its own failures under a key, so after this long it is given up. */
const checkoutWithin = 60_000

/**
 * Places an order. Somebody who orders the same again while it is not paid yet gets the same order: a second click must not make a second page that could be paid, too.
 * Whoever wants two packs pays the first, and orders the second.
 *
 * @returns its identifier
 * @throws ProblemError email-not-verified; invalid-fields for terms that are not the present ones
 */
export async function placeOrder(trx: Db, { pack: name, accepted_terms }: NewOrder, placing: Placing): Promise<string> {
  const { userId, provider, at } = placing
  // Orders of one person are placed one after the other.
  const user = await trx
    .selectFrom('user')
    .select(['name', 'email', 'emailVerified'])
    .where('id', '=', userId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (user === undefined) throw notFound()
  if (!user.emailVerified) throw new ProblemError('email-not-verified')
  if (accepted_terms !== terms.version) {
    throw invalidField('/accepted_terms', 'is not the present version of the terms, which GET /v1/packs tells.')
  }
  const { credits, amount_minor, currency } = packOf(name)
  const wish = {
    user_id: userId,
    provider,
    pack: name,
    credits,
    amount_minor,
    currency,
    accepted_terms,
    customer_name: user.name,
    customer_email: user.email,
  }
  const open = await findSame(trx, wish, at)
  if (open !== undefined) return open
  const id = newId()
  await trx
    .insertInto('order')
    .values({
      id,
      ...wish,
      wallet_id: await openWallet(trx, userId),
      refundable: terms.refundable,
      created_at: at,
      retain_until: retainUnpaidUntil(at),
    })
    .execute()
  return id
}

type Wish = Readonly<Record<'user_id' | 'provider' | 'pack' | 'currency', string>> &
  Readonly<Record<'accepted_terms' | 'customer_name' | 'customer_email', string>> &
  Readonly<Record<'credits' | 'amount_minor', number>>

/** An order that is the same in everything that the customer would see, and can still be paid. */
async function findSame(trx: Db, wish: Wish, at: Date): Promise<string | undefined> {
  const found = await trx
    .selectFrom('order')
    .select('id')
    .where((where) => where.and({ ...wish }))
    .where('state', '=', 'created')
    .where('created_at', '>', new Date(at.getTime() - reusedFor))
    .where((where) =>
      where.or([
        where('checkout_url', 'is not', null),
        where('created_at', '>', new Date(at.getTime() - checkoutWithin)),
      ]),
    )
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return found?.id
}
