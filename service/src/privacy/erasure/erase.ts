/**
 * Erases a person, in one transaction: all of it happened, or nothing did and the next run does it. What lies in storage goes afterwards, by the job that removes
 * objects, since their keys are put down for it in the same transaction.
 */
import { sql } from 'kysely'
import type { Db } from '../../database/open.ts'
import { closeHold, closeWallet } from '../../ledger/ledger.ts'
import { forgetUnpaidOrders } from '../../orders/retention.ts'
import type { Service } from '../../service.ts'
import { forgetSignals } from '../forget-signals.ts'
import { forgetJobs } from '../jobs-of-person.ts'
import { toPseudonym } from '../pseudonym.ts'
import { isPersonal, registry, tableNames } from '../registry/registry.ts'
import { leadsTo } from '../registry/rows.ts'
import type { TableName } from '../registry/rule.ts'

/** Rows that went, or no longer lead to anybody, by table. */
export type ErasedCounts = Readonly<Record<string, number>>

type EraseParts = Pick<Service, 'db' | 'clock' | 'secret'>

/**
 * Erases a person.
 *
 * @param isWanted looks at the account once nobody can change it any more; false leaves everything as it is
 * @returns counts, or undefined when there was nobody to erase
 */
export async function erasePerson(
  parts: EraseParts,
  userId: string,
  isWanted: (person: { readonly erasureDueAt: Date | null }) => boolean,
): Promise<ErasedCounts | undefined> {
  return parts.db.transaction().execute(async (trx) => {
    // Whoever wants to add rows of this person waits from here on, and then finds no person.
    const person = await trx
      .selectFrom('user')
      .select(['email', 'erasureDueAt'])
      .where('id', '=', userId)
      .forUpdate()
      .executeTakeFirst()
    if (person === undefined || !isWanted(person)) return undefined
    const now = parts.clock.now()
    await closeBooks(trx, userId, now)
    const counts: Record<string, number> = {
      jobs: await forgetJobs(trx, userId),
      abuse_signal: await forgetSignals(parts, trx, [userId, person.email]),
      unpaid_orders: await forgetUnpaidOrders(trx, userId),
    }
    for (const name of tableNames.toReversed()) counts[name] = await eraseRows(trx, name, userId)
    await writeEvidence(trx, toPseudonym(parts.secret, userId), person.erasureDueAt ?? now, now, counts)
    return counts
  })
}

/** Generations and orders are locked before the wallet, as those who finish or pay one do: the other way round, both would wait for each other. */
async function closeBooks(trx: Db, userId: string, at: Date): Promise<void> {
  await trx.selectFrom('generation').select('id').where('user_id', '=', userId).orderBy('id').forUpdate().execute()
  await trx.selectFrom('order').select('id').where('user_id', '=', userId).orderBy('id').forUpdate().execute()
  const wallet = await trx.selectFrom('wallet').select('id').where('user_id', '=', userId).executeTakeFirst()
  if (wallet === undefined) return
  const holds = await trx
    .selectFrom('hold')
    .select('id')
    .where('wallet_id', '=', wallet.id)
    .where('state', '=', 'held')
    .execute()
  for (const { id } of holds) await closeHold(trx, { holdId: id, actual: 0, at })
  // The registry detaches the wallet afterwards; here the books say that it is closed.
  await closeWallet(trx, { walletId: wallet.id, at })
}

async function eraseRows(trx: Db, name: TableName, userId: string): Promise<number> {
  const rule = registry[name]
  if (!isPersonal(rule) || rule.erasure.action === 'keep') return 0
  const condition = leadsTo(name, userId)
  if (rule.erasure.action === 'delete') {
    const { numAffectedRows = 0n } = await sql`delete from ${sql.table(name)} where ${condition}`.execute(trx)
    return Number(numAffectedRows)
  }
  const cleared = rule.erasure.clear.map((column) => sql`${sql.ref(column)} = null`)
  const { numAffectedRows = 0n } = await sql`
    update ${sql.table(name)} set ${sql.join(cleared)} where ${condition}
  `.execute(trx)
  return Number(numAffectedRows)
}

async function writeEvidence(
  trx: Db,
  subject: Buffer,
  dueAt: Date,
  erasedAt: Date,
  counts: ErasedCounts,
): Promise<void> {
  const done = { state: 'done', erased_at: erasedAt, counts: JSON.stringify(counts), is_listed: false } as const
  await trx
    .insertInto('erasure')
    .values({ subject, requested_at: dueAt, due_at: dueAt, ...done })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(done))
    .execute()
}
