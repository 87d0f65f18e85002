/** Expired holds come back, unless they are still needed. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/keys/uuid.ts'
import { auditLedger } from '../../src/ledger/audit.ts'
import { closeHold, reserve } from '../../src/ledger/ledger.ts'
import { sweepHolds } from '../../src/ledger/sweep.ts'
import { createTestDatabase, type TestDatabase } from '../harness/database.ts'
import { at, createWallet, later, look } from './wallets.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

test('250 expired holds come back and 50 that are needed stay, as do those that have time', async () => {
  const { db } = database
  const { walletId } = await createWallet(db, 1000)
  const hold = async (expiresAt: Date) =>
    (await reserve(db, { walletId, credits: 2, key: newId(), expiresAt, at })).holdId
  const expired = await Promise.all(Array.from({ length: 300 }, () => hold(later)))
  await hold(new Date(later.getTime() + 1))
  const needed = new Set(expired.filter((_, index) => index % 6 === 0))
  const asked: string[] = []
  const isStillNeeded = async (holdIds: readonly string[]) => {
    asked.push(...holdIds)
    return needed
  }
  expect(await sweepHolds(db, isStillNeeded, at)).toEqual({ expired: 0, stillNeeded: 0 })
  expect(await sweepHolds(db, isStillNeeded, later)).toEqual({ expired: 250, stillNeeded: 50 })
  expect([...asked].sort()).toEqual([...expired].sort())
  expect(await look(db, walletId)).toMatchObject({ available: 1000 - 51 * 2, held: 51 * 2 })
  const kinds = await db.selectFrom('transfer').select('kind').where('kind', '=', 'expire').execute()
  expect(kinds).toHaveLength(250)
  expect(await auditLedger(db)).toEqual([])
})

test('work that ends while its hold is swept finds the hold closed', async () => {
  const { db } = database
  const { walletId } = await createWallet(db, 100)
  const holds = await Promise.all(
    Array.from({ length: 50 }, () => reserve(db, { walletId, credits: 2, key: newId(), expiresAt: later, at })),
  )
  const [, ...closed] = await Promise.all([
    sweepHolds(db, async () => new Set(), later),
    ...holds.map(({ holdId }) => closeHold(db, { holdId, actual: 2, at: later })),
  ])
  const settled = closed.reduce((sum, result) => sum + result.settled, 0)
  expect(await look(db, walletId)).toMatchObject({ available: 100 - settled, held: 0 })
  expect(await auditLedger(db)).toEqual([])
})
