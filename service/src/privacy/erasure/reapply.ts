/** After a backup was restored: erases again whoever had been erased since, puts out of use who had wished it, and removes files that no row names. */
import type { Service } from '../../service.ts'
import { toPseudonym } from '../pseudonym.ts'
import { erasePerson } from './erase.ts'
import { type ListedErasure, readErasureList, writeErasureList } from './list.ts'
import { markDue } from './wish.ts'

/** People of one look into the table. */
const batch = 1000

/** What came of it. */
export interface Reapplied {
  readonly listed: number
  readonly erased: number
  readonly due: number
  readonly removedObjects: number
}

type ReapplyParts = Pick<Service, 'db' | 'storage' | 'clock' | 'secret'>

/**
 * Re-applies the list. Run it before the service starts again; repeating it does no harm.
 *
 * @param copies entries kept elsewhere, for when storage was restored, too
 */
export async function reapplyErasures(parts: ReapplyParts, copies: readonly ListedErasure[] = []): Promise<Reapplied> {
  const { db, secret } = parts
  // Where both know somebody, storage knows better.
  const bySubject = new Map([...copies, ...(await readErasureList(parts))].map((entry) => [entry.subject, entry]))
  const listed = [...bySubject.values()]
  let [erased, due] = [0, 0]
  for await (const userId of allPeople(parts)) {
    const entry = bySubject.get(toPseudonym(secret, userId).toString('hex'))
    if (entry === undefined) continue
    if (entry.state === 'done') {
      if ((await erasePerson(parts, userId, () => true)) !== undefined) erased += 1
    } else {
      const marked = await db.transaction().execute((trx) => markDue(parts, trx, userId, entry.due_at))
      if (marked !== undefined) due += 1
    }
  }
  await restoreEvidence(parts, listed)
  await writeErasureList(parts)
  return { listed: listed.length, erased, due, removedObjects: await dropUnknownObjects(parts) }
}

async function* allPeople({ db }: ReapplyParts): AsyncGenerator<string> {
  let after = ''
  for (;;) {
    const rows = await db.selectFrom('user').select('id').where('id', '>', after).orderBy('id').limit(batch).execute()
    for (const { id } of rows) yield id
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

/** Evidence that the restored database does not have; it is listed again, in case that it came from a copy. */
async function restoreEvidence({ db }: ReapplyParts, listed: readonly ListedErasure[]): Promise<void> {
  for (const { subject, counts, ...entry } of listed) {
    await db
      .insertInto('erasure')
      .values({ ...entry, subject: Buffer.from(subject, 'hex'), counts: JSON.stringify(counts), is_listed: false })
      .onConflict((conflict) => conflict.column('subject').doNothing())
      .execute()
  }
}

/** Objects that were stored after the backup was made: their keys are put down before they are, so one that is nowhere belongs to nobody. */
async function dropUnknownObjects({ db, storage, clock }: ReapplyParts): Promise<number> {
  let removed = 0
  for await (const key of storage.list('')) {
    if (key.startsWith('erasures/')) continue
    const file = await db.selectFrom('file').select('id').where('storage_key', '=', key).executeTakeFirst()
    if (file !== undefined) continue
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('storage_removal')
      .values({ storage_key: key, due_at: clock.now() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    removed += Number(numInsertedOrUpdatedRows)
  }
  return removed
}
