/** After a backup was restored: erases again whoever had been erased since, puts out of use who had wished it, and removes files that no row names. */
import type { Service } from '../../service.ts'
import { toPseudonym } from '../pseudonym.ts'
import { erasePerson } from './erase.ts'
import { readErasureList, writeErasureList } from './list.ts'
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

/** Re-applies the list. Run it before the service starts again; repeating it does no harm. */
export async function reapplyErasures(parts: ReapplyParts): Promise<Reapplied> {
  const { db, secret } = parts
  const listed = await readErasureList(parts)
  const bySubject = new Map(listed.map((entry) => [entry.subject, entry]))
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

/** Evidence that the restored database does not have. */
async function restoreEvidence({ db }: ReapplyParts, listed: readonly Listed[]): Promise<void> {
  for (const { subject, counts, ...entry } of listed) {
    await db
      .insertInto('erasure')
      .values({ ...entry, subject: Buffer.from(subject, 'hex'), counts: JSON.stringify(counts), is_listed: true })
      .onConflict((conflict) => conflict.column('subject').doNothing())
      .execute()
  }
}

type Listed = Awaited<ReturnType<typeof readErasureList>>[number]

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
