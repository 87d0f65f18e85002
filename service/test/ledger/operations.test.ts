/** What each operation does, alone and many at once, on both databases. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { ProblemError } from '../../src/http/problem.ts'
import { newId } from '../../src/keys/uuid.ts'
import { closeHold, closeWallet, openWallet, reserve, reverse, topUp, walletOf } from '../../src/ledger/ledger.ts'
import { printCounts } from '../harness/counts.ts'
import { at, createWallet, databases, later, look } from './wallets.ts'

describe.each(databases)('$kind', ({ kind, open }) => {
  let database: Database
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())

  test('L1 200 reserves at once on 100 credits: 100 granted', async () => {
    const { db } = database
    const { walletId } = await createWallet(db, 100)
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, (_, index) =>
        reserve(db, { walletId, credits: 1, key: `L1 ${walletId} ${index}`, expiresAt: later, at }),
      ),
    )
    const granted = results.filter(({ status }) => status === 'fulfilled').length
    const refused = results.filter(
      (result) =>
        result.status === 'rejected' &&
        result.reason instanceof ProblemError &&
        result.reason.code === 'insufficient-credits',
    ).length
    printCounts(`L1 ${kind}`, { asked: 200, granted, refused })
    expect({ granted, refused }).toEqual({ granted: 100, refused: 100 })
    expect(await look(db, walletId)).toMatchObject({ available: 0, held: 100 })
  })

  test('a hold closes once, and every further close has its result', async () => {
    const { db } = database
    const { walletId } = await createWallet(db, 10)
    const { holdId } = await reserve(db, { walletId, credits: 8, key: newId(), expiresAt: later, at })
    await expect(closeHold(db, { holdId, actual: 9, at })).rejects.toThrow('excess')
    const results = await Promise.all([3, 5, 0, 8, 3].map((actual) => closeHold(db, { holdId, actual, at })))
    const [first] = results
    expect(results).toEqual(results.map(() => first))
    expect(await look(db, walletId)).toMatchObject({ available: 10 - (first?.settled ?? 0), held: 0 })
    await expect(closeHold(db, { holdId: newId(), actual: 0, at })).rejects.toThrow('no-hold')
  })

  test('a key does its work once, also when it is used many times at once; for something else it is refused', async () => {
    const { db } = database
    const { walletId } = await createWallet(db)
    const other = await createWallet(db, 50)
    const key = newId()
    const brought = await Promise.all(
      Array.from({ length: 10 }, () => topUp(db, { walletId, credits: 5, kind: 'topup', key, at })),
    )
    expect(brought.filter(({ isReplay }) => !isReplay)).toHaveLength(1)
    expect(new Set(brought.map(({ transferId }) => transferId)).size).toBe(1)
    await expect(topUp(db, { walletId, credits: 6, kind: 'topup', key, at })).rejects.toThrow('something else')
    await expect(topUp(db, { walletId, credits: 5, kind: 'grant', key, at })).rejects.toThrow('something else')
    await expect(topUp(db, { ...other, credits: 5, kind: 'topup', key, at })).rejects.toThrow('something else')

    const holdKey = newId()
    const wish = { walletId, credits: 5, key: holdKey, expiresAt: later, at }
    const holds = await Promise.all(Array.from({ length: 10 }, () => reserve(db, wish)))
    expect(new Set(holds.map(({ holdId }) => holdId)).size).toBe(1)
    await expect(reserve(db, { ...wish, credits: 4 })).rejects.toThrow('something else')
    await expect(reserve(db, { ...wish, walletId: other.walletId })).rejects.toThrow('something else')
    expect(await look(db, walletId)).toMatchObject({ available: 0, held: 5 })
  })

  test('a refusal tells what is there and leaves the transaction good', async () => {
    const { db } = database
    const { walletId } = await createWallet(db, 3)
    await db.transaction().execute(async (trx) => {
      const asked = reserve(trx, { walletId, credits: 4, key: newId(), expiresAt: later, at })
      await expect(asked).rejects.toMatchObject({ code: 'insufficient-credits', details: { balance: 3, required: 4 } })
      await reserve(trx, { walletId, credits: 3, key: newId(), expiresAt: later, at })
    })
    expect(await look(db, walletId)).toMatchObject({ available: 0, held: 3 })
  })

  test('a day has a budget; what is given back does not count', async () => {
    const { db } = database
    const { walletId } = await createWallet(db, 100)
    const ask = (credits: number, when: Date) =>
      reserve(db, { walletId, credits, key: newId(), expiresAt: later, at: when, perDay: 10 })
    const { holdId } = await ask(6, at)
    await expect(ask(5, at)).rejects.toMatchObject({
      code: 'limit-reached',
      details: { headers: { 'Retry-After': '43200' } },
    })
    await closeHold(db, { holdId, actual: 2, at })
    await ask(8, at)
    await expect(ask(1, at)).rejects.toMatchObject({ code: 'limit-reached' })
    await ask(10, new Date('2026-11-29T00:00:00Z'))
  })

  test('L6 reversed after spending: never below zero, the rest is owed, the wallet is frozen', async () => {
    const { db } = database
    const { walletId } = await createWallet(db)
    const orderId = newId()
    await topUp(db, { walletId, credits: 100, kind: 'topup', key: newId(), orderId, at })
    const { holdId } = await reserve(db, { walletId, credits: 70, key: newId(), expiresAt: later, at })
    await closeHold(db, { holdId, actual: 50, at })
    const open = await reserve(db, { walletId, credits: 10, key: newId(), expiresAt: later, at })
    const key = newId()
    const reversal = { walletId, orderId, credits: 100, key, at }
    const results = await Promise.all(Array.from({ length: 5 }, () => reverse(db, reversal)))
    expect(results).toEqual(results.map(() => ({ reversed: 100, owed: 60 })))
    expect(await look(db, walletId)).toMatchObject({ available: 0, held: 10, owed: 60, frozen: true })
    await expect(reserve(db, { walletId, credits: 1, key: newId(), expiresAt: later, at })).rejects.toMatchObject({
      code: 'wallet-frozen',
    })
    // A dispute after the refund finds nothing left of the order.
    expect(await reverse(db, { ...reversal, key: newId() })).toEqual({ reversed: 0, owed: 0 })
    await expect(reverse(db, { ...reversal, credits: 99 })).rejects.toThrow('something else')
    // What comes back from the open hold pays, and so does what is bought; then the wallet thaws.
    await closeHold(db, { holdId: open.holdId, actual: 0, at })
    expect(await look(db, walletId)).toMatchObject({ available: 0, held: 0, owed: 50, frozen: true })
    await topUp(db, { walletId, credits: 80, kind: 'topup', key: newId(), at })
    expect(await look(db, walletId)).toMatchObject({ available: 30, owed: 0, frozen: false })
    printCounts(`L6 ${kind}`, { spent: 50, reversed: 100, owed: 60, 'owed after release': 50, 'owed after buying': 0 })
  })

  test('a closed wallet belongs to nobody and can have nothing any more', async () => {
    const { db } = database
    const { walletId, userId } = await createWallet(db, 20)
    const { holdId } = await reserve(db, { walletId, credits: 5, key: newId(), expiresAt: later, at })
    await closeWallet(db, { walletId, at })
    await closeWallet(db, { walletId, at })
    await topUp(db, { walletId, credits: 7, kind: 'topup', key: newId(), at })
    await closeHold(db, { holdId, actual: 1, at })
    expect(await look(db, walletId)).toMatchObject({ available: 0, held: 0, frozen: true })
    expect(await walletOf(db, userId)).toEqual({ id: undefined, available: 0, held: 0, owed: 0, frozen: false })
    await expect(reserve(db, { walletId, credits: 1, key: newId(), expiresAt: later, at })).rejects.toMatchObject({
      code: 'wallet-frozen',
    })
    await db.deleteFrom('user').where('id', '=', userId).execute()
  })

  test('a person has one wallet, however many open it at once', async () => {
    const { db } = database
    const { userId, walletId } = await createWallet(db)
    const fresh = newId()
    await db
      .insertInto('user')
      .values({ id: fresh, name: 'New', email: `${fresh}@example.org`, emailVerified: true })
      .execute()
    const opened = await Promise.all(Array.from({ length: 10 }, () => openWallet(db, fresh)))
    expect(new Set(opened).size).toBe(1)
    expect(await openWallet(db, userId)).toBe(walletId)
  })

  test.each([0, -1, 0.5, 2 ** 53, Number.NaN])('%d is no number of credits to reserve', async (credits) => {
    const { db } = database
    const wish = { walletId: newId(), credits, key: newId(), expiresAt: later, at }
    await expect(reserve(db, wish)).rejects.toThrow('no number of credits')
  })
})
