/** Wallets for tests of the ledger, and books to look into. */

import { migrate } from '../../src/database/migrate.ts'
import type { Database, Db } from '../../src/database/open.ts'
import { openPglite } from '../../src/database/open.ts'
import { newId } from '../../src/keys/uuid.ts'
import { openWallet, topUp } from '../../src/ledger/ledger.ts'
import { createTestDatabase } from '../harness/database.ts'

/** When tests happen, where nothing else is said. */
export const at = new Date('2026-11-28T12:00:00Z')

/** An hour later. */
export const later = new Date(at.getTime() + 3_600_000)

/** Both databases that the service runs on. */
export const databases: readonly { readonly kind: Database['kind']; open(): Promise<Database> }[] = [
  { kind: 'postgres', open: createTestDatabase },
  {
    kind: 'pglite',
    async open() {
      const database = await openPglite()
      await migrate(database.db)
      return database
    },
  },
]

/** A person with a wallet that has so many credits. */
export async function createWallet(
  db: Db,
  credits = 0,
): Promise<{ readonly userId: string; readonly walletId: string }> {
  const userId = newId()
  await db
    .insertInto('user')
    .values({ id: userId, name: 'Somebody', email: `${userId}@example.org`, emailVerified: true })
    .execute()
  const walletId = await openWallet(db, userId)
  if (credits > 0) await topUp(db, { walletId, credits, kind: 'topup', key: `first ${walletId}`, at })
  return { userId, walletId }
}

/** What a wallet has. */
export async function look(db: Db, walletId: string) {
  return db
    .selectFrom('wallet')
    .select(['available', 'held', 'owed', 'frozen', 'spent_that_day'])
    .where('id', '=', walletId)
    .executeTakeFirstOrThrow()
}
