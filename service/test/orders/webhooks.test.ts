/** Events of the provider: late, twice, at once, in any order, forged. The same for every provider. */
import { problemSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { printCounts } from '../harness/counts.ts'
import { type Message, refOf, smallCredits, smallPrice, type World, worlds } from './world.ts'

describe.each(worlds)('with $name', ({ name, create }) => {
  let world: World
  beforeAll(async () => {
    world = await create()
  })
  afterAll(() => world.close())

  const countEvents = async (): Promise<number> => {
    const rows = await world.hero.service.db.selectFrom('payment_event').select('id').execute()
    return rows.length
  }

  test(`P1 100 concurrent deliveries, same and different events, both kinds of completion: credited once (${name})`, async () => {
    const person = await world.hero.createPerson()
    const ref = await refOf(world, await world.order(person))
    const unpaid = world.provider.happen(ref, 'complete-unpaid')
    const messages = [unpaid, ...Array.from({ length: 9 }, () => world.provider.happen(ref, 'succeed-later'))]
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => world.deliver(messages[index % 10] ?? unpaid)),
    )
    const statuses = new Set(answers.map(({ status }) => status))
    const topups = await world.hero.service.db.selectFrom('transfer').selectAll().where('kind', '=', 'topup').execute()
    expect([...statuses]).toEqual([200])
    expect(topups.map(({ amount }) => amount)).toEqual([smallCredits])
    expect(await world.balance(person)).toEqual({ available: smallCredits, owed: 0 })
    printCounts(`P1 ${name}:`, { deliveries: answers.length, events: messages.length, credited: topups.length })
  })

  test(`P2 missing, wrong, tampered and old signatures: 400, no row (${name})`, async () => {
    const person = await world.hero.createPerson()
    const order = await world.order(person)
    const { body, headers } = world.provider.happen(await refOf(world, order), 'pay')
    const now = world.hero.clock.now()
    const { [world.provider.signatureHeader]: _signature, ...unsigned } = headers
    const before = await countEvents()
    const forged = {
      missing: { body, headers: unsigned },
      garbage: { body, headers: { ...headers, [world.provider.signatureHeader]: 'v1=00' } },
      wrong: { body, headers: world.provider.sign(body, now, 'another secret of at least 32 letters') },
      tampered: { body: body.replace(/.$/, ' }'), headers },
      old: { body, headers: world.provider.sign(body, new Date(now.getTime() - 600_000)) },
    }
    for (const [kind, message] of Object.entries(forged)) {
      const response = await world.deliver(message)
      expect(response.status, kind).toBe(400)
      expect(problemSchema.parse(await response.json()).code, kind).toBe('invalid-signature')
    }
    expect(await countEvents()).toBe(before)
    expect(await world.read(order.id)).toMatchObject({ state: 'created', revision: 0 })
    expect(await world.balance(person)).toEqual({ available: 0, owed: 0 })
    printCounts(`P2 ${name}:`, { forged: Object.keys(forged).length, rows: (await countEvents()) - before })
    // Five minutes are allowed.
    const late = { body, headers: world.provider.sign(body, new Date(now.getTime() - 290_000)) }
    expect((await world.deliver(late)).status).toBe(200)
    expect(await world.balance(person)).toEqual({ available: smallCredits, owed: 0 })
  })

  const steps = ['created', 'completed-unpaid', 'async-succeeded', 'refunded'] as const

  test(`P3 all 24 orders of ${steps.join(', ')}: one final state (${name})`, async () => {
    const finals = new Set<string>()
    let runs = 0
    for (const order of permutations([0, 1, 2, 3])) {
      // Events are late: all has happened when the first arrives. Or each arrives as soon as what it tells is true.
      for (const isLate of [true, false]) {
        const person = await world.hero.createPerson()
        const ref = await refOf(world, await world.order(person))
        const happenings = [
          () => world.provider.beginPayment(ref),
          () => world.provider.happen(ref, 'complete-unpaid'),
          () => world.provider.happen(ref, 'succeed-later'),
          () => world.provider.happen(ref, { refund: smallPrice }),
        ]
        const messages: Message[] = isLate ? happenings.map((happen) => happen()) : []
        for (const step of order) {
          while (messages.length <= step) {
            const message = happenings[messages.length]?.()
            if (message !== undefined) messages.push(message)
          }
          const message = messages[step]
          if (message !== undefined) expect((await world.deliver(message)).status).toBe(200)
        }
        finals.add(JSON.stringify(await finalState(world, person.userId)))
        runs += 1
      }
    }
    expect([...finals].map((text): unknown => JSON.parse(text))).toEqual([
      {
        state: 'refunded',
        amount_refunded_minor: smallPrice,
        credits_reversed: smallCredits,
        available: 0,
        owed: 0,
        frozen: false,
        transfers: ['topup', 'reverse'],
      },
    ])
    printCounts(`P3 ${name}:`, { permutations: 24, runs, states: finals.size })
  })

  test('types that do not matter, and payments of other products, are answered and change nothing', async () => {
    const person = await world.hero.createPerson()
    const order = await world.order(person)
    const ref = await refOf(world, order)
    const before = await countEvents()
    expect((await world.deliver(world.provider.beginPayment(ref))).status).toBe(200)
    expect(await countEvents()).toBe(before)
    // The record is gone: the payment is none of ours any more.
    const message = world.provider.happen(ref, 'pay')
    await world.hero.service.db.deleteFrom('order').where('checkout_ref', '=', ref).execute()
    expect((await world.deliver(message)).status).toBe(200)
    const row = await world.hero.service.db
      .selectFrom('payment_event')
      .selectAll()
      .where('id', '=', message.id)
      .executeTakeFirst()
    expect(row).toMatchObject({ outcome: 'foreign', order_id: null })
    expect(await world.balance(person)).toEqual({ available: 0, owed: 0 })
  })

  test('what is paid must be what was ordered', async () => {
    const person = await world.hero.createPerson()
    const order = await world.order(person)
    const ref = await refOf(world, order)
    await world.hero.service.db
      .updateTable('order')
      .set({ amount_minor: 9999 })
      .where('checkout_ref', '=', ref)
      .execute()
    expect((await world.deliver(world.provider.happen(ref, 'pay'))).status).toBe(200)
    expect(await world.read(order.id)).toMatchObject({ state: 'created', paid_at: null })
    expect(await world.balance(person)).toEqual({ available: 0, owed: 0 })
  })

  test('the webhook of another provider is not there', async () => {
    const other = world.provider.name === 'stripe' ? 'fake' : 'stripe'
    const response = await world.hero.request(`/webhooks/${other}`, { method: 'POST', body: '{}' })
    expect(response.status).toBe(404)
  })

  test('a body without end is not read', async () => {
    const response = await world.deliver({ body: 'x'.repeat(1_000_001), headers: {} })
    expect(response.status).toBe(413)
  })
})

async function finalState({ hero: { service } }: World, userId: string): Promise<object> {
  const order = await service.db.selectFrom('order').selectAll().where('user_id', '=', userId).executeTakeFirstOrThrow()
  const { state, amount_refunded_minor, credits_reversed } = order
  const wallet = await service.db
    .selectFrom('wallet')
    .select(['available', 'owed', 'frozen'])
    .where('id', '=', order.wallet_id)
    .executeTakeFirstOrThrow()
  const transfers = await service.db
    .selectFrom('transfer')
    .select('kind')
    .where('order_id', '=', order.id)
    .orderBy('version')
    .execute()
  return { state, amount_refunded_minor, credits_reversed, ...wallet, transfers: transfers.map(({ kind }) => kind) }
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]))
}
