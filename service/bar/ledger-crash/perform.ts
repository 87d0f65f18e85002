/** Does one planned operation and tells its result as text: equal results are equal texts. */
import { sql } from 'kysely'
import type { Db } from '../../src/database/open.ts'
import { ProblemError } from '../../src/http/problem.ts'
import { closeHold, reserve, reverse, topUp } from '../../src/ledger/ledger.ts'
import { keyOf, type Plan, type Planned } from './plan.ts'

/** What there is to do, and where. */
export interface Field {
  readonly plan: Plan
  readonly planned: readonly Planned[]
  readonly walletIds: readonly string[]
}

const hour = 3_600_000

/**
 * Does an operation, in as many transactions as the service would.
 *
 * @throws whatever the database throws; then nobody knows whether it was done
 */
export async function perform(db: Db, field: Field, index: number): Promise<string> {
  const { plan, planned } = field
  const operation = at(planned, index)
  const key = keyOf(plan, index)
  const now = new Date()
  if (operation.type === 'topup' || operation.type === 'grant') {
    const { transferId } = await topUp(db, {
      ...operation,
      kind: operation.type,
      walletId: walletOf(field, operation),
      key,
      at: now,
    })
    return transferId
  }
  if (operation.type === 'reserve') {
    const expiresAt = new Date(now.getTime() + (operation.isShort ? 0 : hour))
    const wish = { walletId: walletOf(field, operation), credits: operation.credits, key, expiresAt, at: now }
    try {
      // As the service does it: what is paid for and its hold are made together, or not at all.
      return await db.transaction().execute(async (trx) => {
        const { holdId } = await reserve(trx, wish)
        await sql`insert into work (key, hold_id) values (${key}, ${holdId}) on conflict do nothing`.execute(trx)
        return holdId
      })
    } catch (error) {
      if (error instanceof ProblemError) return error.code
      throw error
    }
  }
  if (operation.type === 'close') {
    const hold = await db
      .selectFrom('transfer')
      .select('id')
      .where('key', '=', keyOf(plan, operation.target))
      .executeTakeFirst()
    if (hold === undefined) return 'no hold'
    return refusedAs('excess', async () => {
      const { settled, released } = await closeHold(db, { holdId: hold.id, actual: operation.actual, at: now })
      return `${settled} and ${released} of ${hold.id}`
    })
  }
  if (operation.type === 'reverse') {
    const order = at(planned, operation.target)
    if (order.type !== 'topup') throw new Error('Only what was bought is reversed.')
    const { orderId } = order
    const { credits } = operation
    const { reversed, owed } = await reverse(db, { walletId: walletOf(field, order), orderId, credits, key, at: now })
    return reversed === 0 ? 'nothing left' : `${reversed}, owing ${owed}`
  }
  if (operation.type === 'again') return perform(db, field, operation.target)
  const { target } = operation
  const used = at(planned, target)
  if (used.type !== 'topup' && used.type !== 'grant') throw new Error('Only keys of top-ups are misused.')
  return refusedAs('something else', async () => {
    const wish = { ...used, credits: used.credits + 1, kind: used.type, key: keyOf(plan, target), at: now }
    await topUp(db, { ...wish, walletId: walletOf(field, used) })
    return 'misused'
  })
}

async function refusedAs(words: string, work: () => Promise<string>): Promise<string> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && error.message.includes(words)) return words
    throw error
  }
}

function walletOf({ walletIds }: Field, { wallet }: { readonly wallet: number }): string {
  return at(walletIds, wallet)
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new RangeError(`There is no number ${index}.`)
  return item
}
