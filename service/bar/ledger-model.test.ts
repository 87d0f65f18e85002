/** Random sequences of operations on wallets, each compared with a model that is too small to be wrong. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '../src/database/open.ts'
import { ProblemError } from '../src/http/problem.ts'
import { newId } from '../src/keys/uuid.ts'
import { auditLedger } from '../src/ledger/audit.ts'
import { closeHold, closeWallet, reserve, reverse, topUp } from '../src/ledger/ledger.ts'
import { printCounts } from '../test/harness/counts.ts'
import { createTestDatabase, type TestDatabase } from '../test/harness/database.ts'
import { apply, createModel, type Operation } from '../test/ledger/model.ts'
import { at, createWallet, later, look } from '../test/ledger/wallets.ts'

const sequences = 1000
/** Another run of other sequences: HERO_SEED. A failure prints its own. */
const seed = Number(process.env.HERO_SEED ?? 20_261_128)

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase(4)
})
afterAll(() => database.close())

const credits = fc.integer({ min: 1, max: 100 })
const nth = fc.nat({ max: 9 })
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 15, arbitrary: fc.record({ type: fc.constantFrom('topup', 'grant'), credits }) },
  { weight: 30, arbitrary: fc.record({ type: fc.constant('reserve'), credits }) },
  { weight: 25, arbitrary: fc.record({ type: fc.constant('close'), hold: nth, actual: fc.nat({ max: 100 }) }) },
  { weight: 15, arbitrary: fc.record({ type: fc.constant('reverse'), order: nth, credits }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('leave') }) },
)

/** Does operations on one wallet of the real ledger, and tells what it answers in the words of the model. */
function createSubject(db: Db, walletId: string) {
  const orders: string[] = []
  const holds: { readonly id: string; readonly amount: number }[] = []
  return async (wish: Operation): Promise<string> => {
    const common = { walletId, key: newId(), at }
    if (wish.type === 'topup' || wish.type === 'grant') {
      const orderId = newId()
      if (wish.type === 'topup') orders.push(orderId)
      await topUp(db, { ...common, kind: wish.type, credits: wish.credits, orderId })
      return 'done'
    }
    if (wish.type === 'reserve') {
      const { holdId } = await reserve(db, { ...common, credits: wish.credits, expiresAt: later })
      holds.push({ id: holdId, amount: wish.credits })
      return 'done'
    }
    if (wish.type === 'close') {
      const hold = holds[wish.hold % holds.length]
      if (hold === undefined) return 'no hold'
      const { settled, released } = await closeHold(db, { holdId: hold.id, actual: wish.actual, at })
      return `${settled} of ${settled + released}`
    }
    if (wish.type === 'reverse') {
      const orderId = orders[wish.order % orders.length]
      if (orderId === undefined) return 'no order'
      const { reversed, owed } = await reverse(db, { ...common, orderId, credits: wish.credits })
      return `${reversed}, owing ${owed}`
    }
    await closeWallet(db, { walletId, at })
    return 'done'
  }
}

interface Balances {
  readonly available: number
  readonly held: number
  readonly owed: number
  readonly frozen: boolean
}

/** An answer and the balances after it, to be compared. */
function describe(answer: string, { available, held, owed, frozen }: Balances): string {
  return `${answer}: ${available} available, ${held} held, ${owed} owed${frozen ? ', frozen' : ''}`
}

/** A refusal, in the words of the model. */
function toRefusal(error: unknown): string {
  if (error instanceof ProblemError) return error.code
  if (error instanceof Error && error.message.endsWith(': excess.')) return 'excess'
  throw error
}

test(`L4 ${sequences} random sequences of operations: the ledger and the model have equal balances`, async () => {
  const { db } = database
  const counts: Record<string, number> = {}
  let operations = 0
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { maxLength: 40, size: 'max' }), async (wishes) => {
      const { walletId } = await createWallet(db)
      const model = createModel()
      // One commit for a sequence: what is tested is what happens, and a thousand commits are quicker than twenty thousand.
      await db.transaction().execute(async (trx) => {
        const run = createSubject(trx, walletId)
        for (const wish of wishes) {
          const wanted = apply(model, wish)
          const found = await run(wish).catch(toRefusal)
          const wallet = await look(trx, walletId)
          if (describe(found, wallet) !== describe(wanted, model)) {
            throw new Error(
              `${JSON.stringify(wish)}: the ledger says ${describe(found, wallet)}, the model ${describe(wanted, model)}.`,
            )
          }
          operations += 1
          const outcome = wish.type === 'reserve' ? `reserve ${wanted}` : wish.type
          counts[outcome] = (counts[outcome] ?? 0) + 1
        }
      })
    }),
    { numRuns: sequences, seed },
  )
  expect(await auditLedger(db)).toEqual([])
  printCounts('L4', { seed, sequences, operations, ...counts, faults: 0 })
})
