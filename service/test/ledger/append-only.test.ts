/** What was written stays written, whoever asks: the role that the service uses owns the tables, and is refused all the same. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { newId } from '../../src/keys/uuid.ts'
import { closeHold, reserve } from '../../src/ledger/ledger.ts'
import { printCounts } from '../harness/counts.ts'
import { at, createWallet, databases, later } from './wallets.ts'

describe.each(databases)('$kind', ({ kind, open }) => {
  let database: Database
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())

  test('L5 UPDATE, DELETE and TRUNCATE on transfer, entry and closed holds are refused', async () => {
    const { db } = database
    const { walletId } = await createWallet(db, 10)
    const { holdId } = await reserve(db, { walletId, credits: 5, key: newId(), expiresAt: later, at })
    await closeHold(db, { holdId, actual: 5, at })
    const statements = [
      'update transfer set amount = amount + 1',
      "update transfer set created_at = created_at + interval '1 day'",
      'delete from transfer',
      'truncate transfer cascade',
      'update entry set amount = -amount',
      'delete from entry',
      'truncate entry',
      "update hold set state = 'held', settled = null, closed_at = null",
      'update hold set settled = 1',
      'delete from hold',
      'truncate hold cascade',
    ]
    for (const statement of statements) {
      await expect(sql.raw(statement).execute(db), statement).rejects.toThrow('append-only')
    }
    printCounts(`L5 ${kind}`, { statements: statements.length, refused: statements.length })
  })

  test('entries that do not sum to zero, and transfers without any, do not commit', async () => {
    const { db } = database
    const { walletId } = await createWallet(db, 10)
    const id = newId()
    const transfer = {
      id,
      wallet_id: walletId,
      version: 2,
      kind: 'grant',
      key: newId(),
      amount: 5,
      available_after: 15,
      held_after: 0,
      owed_after: 0,
      created_at: at,
    } as const
    const write = (entries: readonly { account: 'available' | 'issued_granted'; amount: number }[]) =>
      db.transaction().execute(async (trx) => {
        await trx.insertInto('transfer').values(transfer).execute()
        for (const entry of entries)
          await trx
            .insertInto('entry')
            .values({ transfer_id: id, ...entry })
            .execute()
      })
    await expect(write([])).rejects.toThrow('do not sum to zero')
    await expect(write([{ account: 'available', amount: 5 }])).rejects.toThrow('do not sum to zero')
    // Nor does one more entry of a transfer of the past.
    const { id: past } = await db
      .selectFrom('transfer')
      .select('id')
      .where('wallet_id', '=', walletId)
      .executeTakeFirstOrThrow()
    const late = db.insertInto('entry').values({ transfer_id: past, account: 'spent', amount: 1 })
    await expect(late.execute()).rejects.toThrow('do not sum to zero')
    await write([
      { account: 'issued_granted', amount: -5 },
      { account: 'available', amount: 5 },
    ])
  })
})
