/** The audit finds nothing in good books, and every kind of fault in bad ones. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database, Db } from '../../src/database/open.ts'
import { newId } from '../../src/keys/uuid.ts'
import { auditLedger, findFaults } from '../../src/ledger/audit.ts'
import { closeHold, closeWallet, reserve, reverse, topUp } from '../../src/ledger/ledger.ts'
import { createTestService } from '../harness/service.ts'
import { at, createWallet, databases, later } from './wallets.ts'

/** A wallet to which everything has happened. */
async function writeBooks(db: Db): Promise<void> {
  const { walletId } = await createWallet(db, 10)
  const orderId = newId()
  await topUp(db, { walletId, credits: 100, kind: 'topup', key: newId(), orderId, at })
  await topUp(db, { walletId, credits: 5, kind: 'grant', key: newId(), at })
  for (const actual of [0, 20]) {
    const { holdId } = await reserve(db, { walletId, credits: 40, key: newId(), expiresAt: later, at })
    await closeHold(db, { holdId, actual, at })
  }
  await reserve(db, { walletId, credits: 7, key: newId(), expiresAt: later, at })
  await reverse(db, { walletId, orderId, credits: 100, key: newId(), at })
  const leaving = await createWallet(db, 30)
  await closeWallet(db, { walletId: leaving.walletId, at })
}

describe.each(databases)('$kind', ({ open }) => {
  let database: Database
  beforeAll(async () => {
    database = await open()
    await writeBooks(database.db)
  })
  afterAll(() => database.close())

  test('good books have no fault', async () => {
    expect(await auditLedger(database.db)).toEqual([])
  })

  const spoiled = {
    'all entries sum to zero': "update entry set amount = amount + 1 where account = 'spent'",
    'the entries of a transfer sum to zero': "delete from entry where account = 'issued_granted'",
    'a transfer has the entries of its kind': "update entry set account = 'spent' where account = 'reversed'",
    'no balance is ever below zero': "update entry set amount = -amount where account = 'available'",
    'a transfer tells the balance after it': 'update transfer set available_after = available_after + 1',
    'a wallet is the sum of its entries': 'update wallet set held = held + 1',
    'what a wallet holds is what its open holds hold': "delete from hold where state = 'held'",
    'a hold is what its reservation set apart': 'update hold set amount = amount + 1',
    'a hold closes once, as its transfer says':
      "update transfer set hold_id = (select min(hold_id::text)::uuid from transfer) where kind = 'settle'",
    'what was spent in a day is what its holds say': 'update wallet set spent_that_day = 0',
    'a wallet without a person is closed': 'update wallet set user_id = null',
  }

  test.each(Object.entries(spoiled))('a fault is found: %s', async (rule, statement) => {
    const { db } = database
    // Only the owner of the tables, and only on purpose, can write what the triggers refuse.
    const triggers = ['transfer', 'entry', 'hold'].map((table) => `alter table ${table} disable trigger user`)
    const undo = new Error('undo')
    let rules: readonly string[] = []
    const spoiling = db.transaction().execute(async (trx) => {
      for (const line of [...triggers, statement]) await sql.raw(line).execute(trx)
      rules = (await findFaults(trx)).map((fault) => fault.rule)
      throw undo
    })
    await expect(spoiling).rejects.toBe(undo)
    expect(rules).toContain(rule)
  })
})

test('the job tells faults to the log and to the figures', async () => {
  const hero = await createTestService()
  try {
    const { db, metrics } = hero.service
    await writeBooks(db)
    const audit = hero.parts.map(({ jobs }) => jobs?.['audit-ledger']).find((job) => job !== undefined)
    const run = () => audit?.({ id: newId(), data: {}, retries: 0, isLast: true, signal: AbortSignal.timeout(60_000) })
    await run()
    expect(await metrics.read()).toContain('hero_ledger_faults 0')
    await sql`update wallet set held = held + 1`.execute(db)
    await run()
    expect(await metrics.read()).toMatch(/hero_ledger_faults [1-9]/)
    expect(hero.logLines.filter((line) => line.includes('the ledger is at fault')).length).toBeGreaterThan(0)
  } finally {
    await hero.close()
  }
})
