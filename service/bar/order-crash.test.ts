/** P4 with a process that is really killed, between the charge at the provider and the credit here. */
import { expect, test } from 'vitest'
import { printCounts } from '../test/harness/counts.ts'
import { createTestDatabase } from '../test/harness/database.ts'
import { createDataFolder, startRunning } from '../test/harness/process.ts'
import { stripeKey, webhookSecret } from '../test/orders/stripe-server.ts'
import { createStripeWorld, type Message, refOf, smallCredits } from '../test/orders/world.ts'

test('P4 killed 6 times between the charge and the credit: credited once, by the retry or by the next run', async () => {
  const database = await createTestDatabase()
  const world = await createStripeWorld({ database })
  const folder = await createDataFolder()
  const start = () =>
    startRunning({
      DATABASE_URL: database.url,
      HERO_SECRET: 'a secret of tests, and of nothing else',
      HERO_DATA_DIR: folder.path,
      // Nobody else reconciles meanwhile.
      HERO_ROLES: 'api',
      HERO_PAYMENTS: 'stripe',
      STRIPE_SECRET_KEY: stripeKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      STRIPE_API_URL: world.stripe.url,
    })
  const deliver = (url: string, { body, headers }: Message): Promise<number | undefined> =>
    fetch(`${url}/webhooks/stripe`, { method: 'POST', body, headers }).then(
      ({ status }) => status,
      () => undefined,
    )
  let kills = 0
  for (const isSentAgain of [true, false, true, false, true, false]) {
    const person = await world.hero.createPerson()
    const order = await world.order(person)
    const message = world.provider.happen(await refOf(world, order), 'pay')
    const child = await start()
    // The process asks what is true, and does not live to hear it.
    const isAsked = new Promise<void>((resolve) => {
      world.stripe.beforeRead = async () => {
        world.stripe.beforeRead = undefined
        resolve()
        await child.end('SIGKILL')
      }
    })
    const delivery = deliver(child.url, message)
    await isAsked
    expect(await delivery).toBeUndefined()
    kills += 1
    expect(await world.read(order.id)).toMatchObject({ state: 'created', revision: 0 })
    expect(await world.balance(person)).toEqual({ available: 0, owed: 0 })
    if (isSentAgain) {
      const next = await start()
      expect(await deliver(next.url, message)).toBe(200)
      await next.end('SIGTERM')
    } else {
      await world.reconcile()
    }
    expect(await world.balance(person)).toEqual({ available: smallCredits, owed: 0 })
    // What comes late changes nothing.
    expect((await world.deliver(message)).status).toBe(200)
    await world.reconcile()
    expect(await world.balance(person)).toEqual({ available: smallCredits, owed: 0 })
  }
  printCounts('P4 killed:', { kills, credited: kills })
  await world.close()
  await folder.remove()
})
