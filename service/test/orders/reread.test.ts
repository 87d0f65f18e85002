/** After a restore of the database: what the provider told of before, and the backup does not know. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runReconcile } from '../../src/orders/command.ts'
import { rereadPayments } from '../../src/orders/reread.ts'
import { packageFolder } from '../../src/package-folder.ts'
import { printCounts } from '../harness/counts.ts'
import { createTestDatabase } from '../harness/database.ts'
import { stripeKey, webhookSecret } from './stripe-server.ts'
import {
  createFakeWorld,
  createStripeWorld,
  type Happening,
  refOf,
  smallCredits,
  smallPrice,
  type World,
  worlds,
} from './world.ts'

const minute = 60_000

/** Orders of which the backup knows the payment only; all that came later was delivered to the database that is lost. */
async function place(world: World, ...later: Happening[]) {
  const person = await world.hero.createPerson()
  const order = await world.order(person)
  const ref = await refOf(world, order)
  await world.deliver(world.provider.happen(ref, 'pay'))
  for (const what of later) world.provider.markDelivered(world.provider.happen(ref, what).id)
  return { person, order, ref }
}

const stateOf = async (world: World, { id }: { readonly id: string }): Promise<string> => (await world.read(id)).state

const forget = (world: World, ref: string) =>
  world.hero.service.db.deleteFrom('order').where('checkout_ref', '=', ref).execute()

/** An order that is placed, paid, and gone with the database. */
async function lose(world: World): Promise<{ readonly ref: string; readonly id: string }> {
  const order = await world.order(await world.hero.createPerson())
  const ref = await refOf(world, order)
  world.provider.markDelivered(world.provider.happen(ref, 'pay').id)
  await forget(world, ref)
  return { ref, id: order.id }
}

describe.each(worlds)('with $name', ({ name, create }) => {
  let world: World
  beforeAll(async () => {
    world = await create()
  })
  afterAll(() => world.close())

  test(`P4 after a restore, refunds and disputes since the backup are read again (${name})`, async () => {
    const { service } = world.hero
    const refunded = await place(world, { refund: smallPrice })
    const disputed = await place(world, { dispute: 'open' })
    const won = await place(world, { dispute: 'open' }, { dispute: 'won' })
    const untouched = await place(world)
    const lost = await lose(world)
    // They were delivered: the job that looks for lost events finds nothing.
    await world.reconcile()
    expect(await stateOf(world, refunded.order)).toBe('paid')
    expect(await world.balance(refunded.person)).toEqual({ available: smallCredits, owed: 0 })

    const since = new Date(Math.min(Date.now(), service.clock.now().getTime()) - minute)
    const found = await rereadPayments(service, world.payments, since)
    expect(found).toMatchObject({ checkouts: 5, changed: 3, mismatches: 0, failures: [] })
    expect(found.orphans).toMatchObject([{ ref: lost.ref, orderId: lost.id, amountMinor: smallPrice }])
    expect(await stateOf(world, refunded.order)).toBe('refunded')
    expect(await stateOf(world, disputed.order)).toBe('disputed')
    expect(await stateOf(world, won.order)).toBe('paid')
    expect(await stateOf(world, untouched.order)).toBe('paid')
    for (const { person } of [refunded, disputed]) {
      expect(await world.balance(person)).toEqual({ available: 0, owed: 0 })
    }
    const again = await rereadPayments(service, world.payments, since)
    expect(again).toMatchObject({ checkouts: 5, changed: 0, failures: [] })
    printCounts(`P4 ${name}, after a restore:`, { missed: 3, found: found.changed, again: again.changed, orphans: 1 })
  })

  test('the command says what it found, names money without an order, and does not take a time that is none', async () => {
    const { service } = world.hero
    const { ref, id } = await lose(world)
    const since = new Date(Math.min(Date.now(), service.clock.now().getTime()) - minute).toISOString()
    const text = await runReconcile(service, ['--since', since])
    expect(text).toContain(`${ref}  ${id}  ${(smallPrice / 100).toFixed(2)} USD`)
    for (const words of [
      [],
      ['--since'],
      ['--since', 'yesterday'],
      ['--since', '2026-13-45'],
      ['--since', since, 'x'],
    ]) {
      expect(await runReconcile(service, words)).toBeUndefined()
    }
  })
})

test('one that fails keeps no other from being read, and is named', async () => {
  const world = await createFakeWorld()
  const { service } = world.hero
  const [broken, fine] = [await place(world, { refund: smallPrice }), await place(world, { refund: smallPrice })]
  const payments = {
    ...world.payments,
    readCheckout: (ref: string) =>
      ref === broken.ref ? Promise.reject(new Error('no answer')) : world.payments.readCheckout(ref),
  }
  const since = new Date(service.clock.now().getTime() - minute)
  const found = await rereadPayments(service, payments, since)
  expect(found).toMatchObject({ changed: 1, failures: [expect.stringContaining('no answer')] })
  expect(await stateOf(world, fine.order)).toBe('refunded')
  const command = runReconcile({ ...service, payments }, ['--since', since.toISOString()])
  await expect(command).rejects.toThrow(/try again:\n {2}\S+: no answer/)
  await world.close()
})

test('Stripe forgets events after a month; refunds and disputes are listed all the same, by the process of the command', async () => {
  const database = await createTestDatabase()
  const world = await createStripeWorld({ database })
  const refunded = await place(world, { refund: smallPrice })
  const disputed = await place(world, { dispute: 'lost' })
  world.stripe.forgetEvents()
  const { settings, secret } = world.hero.service
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: database.url,
    HERO_SECRET: secret,
    HERO_DATA_DIR: settings.HERO_DATA_DIR,
    HERO_PAYMENTS: 'stripe',
    STRIPE_SECRET_KEY: stripeKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_URL: world.stripe.url,
  }
  const since = new Date(Date.now() - minute).toISOString()
  const words = ['--conditions=@hero-image/source', 'src/operator.ts', 'reconcile', '--since', since]
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: packageFolder, env })
  expect(stdout).toBe('2 checkouts looked at, 2 orders changed.\n')
  expect(await stateOf(world, refunded.order)).toBe('refunded')
  expect(await stateOf(world, disputed.order)).toBe('disputed')
  expect(world.stripe.refusals).toEqual([])
  await world.close()
})
