/** A payment that arrives while its customer is erased. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { fromWireId } from '../../src/keys/uuid.ts'
import { auditLedger } from '../../src/ledger/audit.ts'
import { topUp } from '../../src/ledger/ledger.ts'
import { erasePerson } from '../../src/privacy/erasure/erase.ts'
import { createFakeWorld, refOf, smallPrice, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await createFakeWorld()
})
afterAll(() => world.close())

test('neither waits for the other for ever: orders are locked before wallets', async () => {
  const { service, createPerson, clock } = world.hero
  const { db } = service
  const person = await createPerson()
  const order = await world.order(person)
  const orderId = fromWireId('order', order.id) ?? ''
  const erasing = await db.transaction().execute(async (trx) => {
    const { wallet_id: walletId } = await trx
      .selectFrom('order')
      .select('wallet_id')
      .where('id', '=', orderId)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow()
    const erased = erasePerson(service, person.userId, () => true).catch((error: unknown) => error)
    await vi.waitFor(async () => {
      const { rows } = await sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
      expect(rows).toHaveLength(1)
    }, 20_000)
    await topUp(trx, { walletId, credits: 50, kind: 'topup', key: `order:${orderId}`, orderId, at: clock.now() })
    return { erased }
  })
  expect(await erasing.erased).toMatchObject({ order: 1 })
  expect(await auditLedger(db)).toEqual([])
})

test('paid, refunded, disputed and won after the account is gone: the books hold, and nobody has the credits', async () => {
  const { service, createPerson } = world.hero
  const person = await createPerson()
  const order = await world.order(person)
  const ref = await refOf(world, order)
  await erasePerson(service, person.userId, () => true)
  for (const what of [
    'pay',
    { refund: smallPrice / 2 },
    { dispute: 'open' },
    { dispute: 'won' },
    { refund: 0 },
  ] as const) {
    expect((await world.deliver(world.provider.happen(ref, what))).status).toBe(200)
  }
  const { wallet_id, ...rest } = await world.read(order.id)
  expect(rest).toMatchObject({ state: 'paid', user_id: null, credits_reversed: 0 })
  const wallet = await service.db.selectFrom('wallet').selectAll().where('id', '=', wallet_id).executeTakeFirstOrThrow()
  expect(wallet).toMatchObject({ user_id: null, available: 0, held: 0, owed: 0, frozen: true })
  expect(await auditLedger(service.db)).toEqual([])
})
