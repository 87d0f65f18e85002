/** How long the record of an order is kept: paid ones for the tax office, the others only as long as somebody might ask about them. */
import type { Db } from '../database/open.ts'

/** Days that an order which was never paid is kept. Bank transfers take two weeks at most. */
const unpaidDays = 30

/** Last day on which an order is kept that was made at a time and not paid yet. */
export function retainUnpaidUntil(createdAt: Date): string {
  return new Date(createdAt.getTime() + unpaidDays * 86_400_000).toISOString().slice(0, 10)
}

/** Last day on which a paid order is kept: whole years count from the end of the year. */
export function retainPaidUntil(paidAt: Date, years: number): string {
  return `${paidAt.getUTCFullYear() + years}-12-31`
}

/**
 * Forgets what somebody ordered and never paid, when the account is erased: nothing asks us to keep that. Paid orders stay, and no longer lead to the account. So do those
 * whose page is still open, for a day at most: somebody may be paying, and that has to be known.
 *
 * @returns how many
 */
export async function forgetUnpaidOrders(trx: Db, userId: string): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('order')
    .where('user_id', '=', userId)
    .where('paid_at', 'is', null)
    .where((where) =>
      where.or([
        where('state', 'in', ['expired', 'failed']),
        where.and([where('state', '=', 'created'), where('checkout_ref', 'is', null)]),
      ]),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}
