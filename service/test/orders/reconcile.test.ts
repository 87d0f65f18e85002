/** P4: what webhooks lose, the reconciliation finds. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { printCounts } from '../harness/counts.ts'
import { type Happening, refOf, smallCredits, smallPrice, type World, worlds } from './world.ts'

const hour = 3_600_000

describe.each(worlds)('with $name', ({ name, create }) => {
  let world: World
  beforeAll(async () => {
    world = await create()
  })
  afterAll(() => world.close())

  const place = async (...happenings: Happening[]) => {
    const person = await world.hero.createPerson()
    const order = await world.order(person)
    const ref = await refOf(world, order)
    const messages = happenings.map((what) => world.provider.happen(ref, what))
    return { person, order, ref, messages }
  }

  test(`P4 lost webhooks: all credited within one run (${name})`, async () => {
    const lost = await Promise.all(Array.from({ length: 10 }, () => place('pay')))
    // Half of them were taken by somebody in between: for the provider they arrived.
    for (const { messages } of lost.slice(5)) for (const { id } of messages) world.provider.markDelivered(id)
    const open = await place()
    const late = await place('complete-unpaid', 'succeed-later')
    const taken = await place('pay', { refund: smallPrice })
    const first = await world.reconcile()
    for (const { person } of [...lost, late]) {
      expect(await world.balance(person)).toEqual({ available: smallCredits, owed: 0 })
    }
    expect(await world.balance(open.person)).toEqual({ available: 0, owed: 0 })
    expect((await world.read(taken.order.id)).state).toBe('refunded')
    expect(first.failed).toBe(0)
    const second = await world.reconcile()
    expect(second).toMatchObject({ events: 0, changed: 0, failed: 0 })
    printCounts(`P4 ${name}:`, { lost: lost.length + 2, runs: 1, changed: first.changed, again: second.changed })
  })

  test(`P4 lost refunds and disputes of paid orders are found, too (${name})`, async () => {
    const { person, order, ref } = await place()
    await world.deliver(world.provider.happen(ref, 'pay'))
    expect((await world.read(order.id)).state).toBe('paid')
    world.provider.happen(ref, { dispute: 'open' })
    await world.reconcile()
    expect((await world.read(order.id)).state).toBe('disputed')
    expect(await world.balance(person)).toEqual({ available: 0, owed: 0 })
  })

  test(`P4 a crash between the charge and the credit: nothing is written, the retry credits once (${name})`, async () => {
    const { person, order, ref } = await place()
    const { db } = world.hero.service
    // The last statement of the transaction fails, as if the process had ended before it.
    await sql`create function crash() returns trigger language plpgsql as 'begin raise exception ''crash''; end'`.execute(
      db,
    )
    await sql`create trigger crash before update on "order" for each row execute function crash()`.execute(db)
    const message = world.provider.happen(ref, 'pay')
    expect((await world.deliver(message)).status).toBe(500)
    expect(await world.balance(person)).toEqual({ available: 0, owed: 0 })
    const rows = await db.selectFrom('payment_event').select('id').where('id', '=', message.id).execute()
    expect(rows).toEqual([])
    await sql`drop trigger crash on "order"`.execute(db)
    await sql`drop function crash()`.execute(db)
    // The provider sends it again; meanwhile the job has a look, too.
    const [again] = await Promise.all([world.deliver(message), world.reconcile()])
    expect(again.status).toBe(200)
    expect(await world.balance(person)).toEqual({ available: smallCredits, owed: 0 })
    expect((await world.read(order.id)).state).toBe('paid')
  })

  test(`P4 one order that fails keeps no other from its credits (${name})`, async () => {
    const broken = await place('pay')
    const fine = await place('pay')
    const stranger = { checkout_ref: 'cs_nowhere' }
    await world.hero.service.db.updateTable('order').set(stranger).where('checkout_ref', '=', broken.ref).execute()
    expect(await world.reconcile()).toMatchObject({ failed: 1 })
    expect(await world.balance(fine.person)).toEqual({ available: smallCredits, owed: 0 })
    expect(await world.balance(broken.person)).toEqual({ available: 0, owed: 0 })
    await world.hero.service.db.deleteFrom('order').where('checkout_ref', '=', stranger.checkout_ref).execute()
  })

  test('the job does the same', async () => {
    const { person } = await place('pay')
    const job = world.hero.parts.flatMap(({ jobs }) => jobs?.['reconcile-orders'] ?? [])
    const signal = new AbortController().signal
    for (const run of job) await run({ id: 'job', data: {}, retries: 0, isLast: true, signal })
    expect(job.length).toBe(1)
    expect(await world.balance(person)).toEqual({ available: smallCredits, owed: 0 })
  })

  test('orders end: the page expires, or there never was one', async () => {
    const expired = await place('expire')
    const failed = await place('complete-unpaid', 'fail-later')
    const person = await world.hero.createPerson()
    world.provider.failNextCheckout()
    await world.order(person).catch(() => undefined)
    await world.reconcile()
    expect(await world.read(expired.order.id)).toMatchObject({ state: 'expired', checkout_url: null })
    expect((await world.read(failed.order.id)).state).toBe('failed')
    const find = () =>
      world.hero.service.db
        .selectFrom('order')
        .select(['state', 'checkout_ref'])
        .where('user_id', '=', person.userId)
        .executeTakeFirstOrThrow()
    expect(await find()).toEqual({ state: 'created', checkout_ref: null })
    world.hero.clock.advance(25 * hour)
    await world.reconcile()
    expect(await find()).toEqual({ state: 'expired', checkout_ref: null })
  })
})
