/** Random lives of orders: things happen at the provider, are told late, twice and at once, or not at all. */
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Person } from '../harness/service.ts'
import { type Happening, type Message, refOf, smallPrice, type World } from './world.ts'

/** What was seen in all sequences together. */
export interface Seen {
  sequences: number
  steps: number
  paid: number
  reversed: number
}

type Step =
  | { readonly kind: 'happen'; readonly order: number; readonly what: Happening }
  | { readonly kind: 'deliver'; readonly message: number }
  | { readonly kind: 'reconcile' }

const happenings: Happening[] = [
  'pay',
  'pay',
  'pay',
  'complete-unpaid',
  'succeed-later',
  'fail-later',
  'expire',
  { refund: 123 },
  { refund: smallPrice },
  { refund: 0 },
  { dispute: 'open' },
  { dispute: 'won' },
  { dispute: 'lost' },
]

/** What a checkout has lived through; what cannot happen then does not. */
type Stage = 'open' | 'pending' | 'paid' | 'disputed' | 'over'

const next: Readonly<Record<Stage, (what: Happening) => Stage | undefined>> = {
  open(what) {
    if (what === 'pay') return 'paid'
    if (what === 'complete-unpaid') return 'pending'
    return what === 'expire' ? 'over' : undefined
  },
  pending(what) {
    if (what === 'succeed-later') return 'paid'
    return what === 'fail-later' ? 'over' : undefined
  },
  paid(what) {
    if (typeof what === 'string') return undefined
    if ('refund' in what) return 'paid'
    return what.dispute === 'open' ? 'disputed' : undefined
  },
  disputed(what) {
    if (typeof what === 'string') return undefined
    return 'refund' in what || what.dispute === 'open' ? 'disputed' : 'over'
  },
  over: () => undefined,
}

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('happen' as const),
      order: fc.nat(2),
      what: fc.constantFrom(...happenings),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('deliver' as const), message: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reconcile' as const) }) },
)

/**
 * Lives through random sequences, each with three orders of somebody new.
 *
 * @throws Error with the shortest sequence after which the credits are not those of the paid orders
 */
export async function liveThrough(world: World, runs: number): Promise<Seen> {
  const seen: Seen = { sequences: 0, steps: 0, paid: 0, reversed: 0 }
  const sequences = fc.array(step, { minLength: 8, maxLength: 30, size: 'max' })
  const property = fc.asyncProperty(sequences, async (sequence) => {
    const person = await world.hero.createPerson()
    const checkouts: { readonly ref: string; stage: Stage }[] = []
    for (const pack of ['small', 'medium', 'large']) {
      checkouts.push({ ref: await refOf(world, await world.order(person, pack)), stage: 'open' })
    }
    const messages: Message[] = []
    for (const one of sequence) {
      if (one.kind === 'happen') {
        const checkout = checkouts[one.order]
        const stage = checkout === undefined ? undefined : next[checkout.stage](one.what)
        if (checkout === undefined || stage === undefined) continue
        seen.steps += 1
        checkout.stage = stage
        messages.push(world.provider.happen(checkout.ref, one.what))
        continue
      }
      seen.steps += 1
      if (one.kind === 'reconcile') await world.reconcile()
      const message = one.kind === 'deliver' ? messages[one.message % messages.length] : undefined
      if (message !== undefined) await Promise.all([world.deliver(message), world.deliver(message)])
      await check(world, person)
    }
    await world.reconcile()
    const { paid, reversed } = await check(world, person)
    seen.sequences += 1
    seen.paid += paid
    seen.reversed += reversed
    // The next sequence need not look at what this one has left open.
    await world.hero.service.db.deleteFrom('order').where('user_id', '=', person.userId).execute()
  })
  await fc.assert(property, { numRuns: runs })
  return seen
}

async function check(world: World, { userId }: Person): Promise<{ paid: number; reversed: number }> {
  const { db } = world.hero.service
  const orders = await db.selectFrom('order').selectAll().where('user_id', '=', userId).execute()
  const wallet = await db.selectFrom('wallet').selectAll().where('user_id', '=', userId).executeTakeFirstOrThrow()
  const paid = orders.filter(({ paid_at }) => paid_at !== null)
  const kept = paid.reduce((sum, { credits, credits_reversed }) => sum + credits - credits_reversed, 0)
  expect(wallet.available - wallet.owed).toBe(kept)
  // Credits come with the payment, and only with it.
  const topups = await db
    .selectFrom('transfer')
    .select('amount')
    .where('wallet_id', '=', wallet.id)
    .where('kind', '=', 'topup')
    .where(
      'key',
      'in',
      orders.map(({ id }) => `order:${id}`),
    )
    .execute()
  const credited = topups.reduce((sum, { amount }) => sum + amount, 0)
  expect(credited).toBe(paid.reduce((sum, { credits }) => sum + credits, 0))
  return { paid: paid.length, reversed: orders.filter(({ credits_reversed }) => credits_reversed > 0).length }
}
