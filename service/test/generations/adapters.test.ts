/** One suite over all providers: however they behave, a generation ends as it should, its credits with it, and nothing paid is asked for twice. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { performGeneration } from '../../src/generations/perform.ts'
import { fromWireId } from '../../src/keys/uuid.ts'
import type { Provider } from '../../src/providers/provider.ts'
import { createProviders } from '../../src/providers/providers.ts'
import { printCounts } from '../harness/counts.ts'
import { createTestService, type TestService } from '../harness/service.ts'
import { startAllFakes } from './providers/all.ts'
import { type Behaviour, behaviours, type FakeProvider, rawMessage } from './providers/fake-server.ts'
import { balanceOf, createPhoto, giveCredits, putPicture, read, start } from './studio.ts'

let hero: TestService
let fakes: FakeProvider[]
let providers: readonly Provider[]
let clockTicks: NodeJS.Timeout
beforeAll(async () => {
  fakes = await startAllFakes()
  hero = await createTestService({
    settings: Object.assign(
      { HERO_PROVIDER_SECONDS: '4', HERO_REFUSALS_PER_DAY: '1000' },
      ...fakes.map(({ settings }) => settings),
    ),
  })
  providers = createProviders(hero.service.settings)
  // Asynchronous providers are waited for by the clock.
  clockTicks = setInterval(() => hero.clock.advance(250), 250)
})
afterAll(async () => {
  clearInterval(clockTicks)
  await hero.close()
  await Promise.all(fakes.map((fake) => fake.close()))
})

/** Does the job of a generation as the queue would. */
async function perform(id: string, isLast: boolean): Promise<void> {
  const generationId = fromWireId('generation', id) ?? ''
  await performGeneration(hero.service, providers, {
    data: { generationId },
    isLast,
    signal: new AbortController().signal,
  })
}

const requestFor = (provider: string, upload_id: string): object =>
  provider === 'google'
    ? { operation: 'edit', provider, upload_id, prompt: 'make it dusk' }
    : { operation: 'extend', provider, upload_id, ratio: '1:1' }

const expected: { readonly [Each in Behaviour]: readonly [state: string, code: string | undefined] } = {
  success: ['succeeded', undefined],
  refusal: ['refused', 'content-refused'],
  busy: ['failed', 'provider-unavailable'],
  fault: ['failed', 'provider-unavailable'],
  quota: ['failed', 'provider-exhausted'],
  garbage: ['failed', 'bad-result'],
  empty: ['failed', 'bad-result'],
  'non-image': ['failed', 'bad-result'],
  hang: ['failed', 'provider-timeout'],
  reset: ['failed', 'provider-unavailable'],
}

/** One provider, however it behaves. @returns paid calls of each generation */
async function checkProvider(fake: FakeProvider): Promise<number[]> {
  const person = await hero.createPerson()
  await giveCredits(hero.service, person.userId, 1000)
  const upload_id = await putPicture(hero.service, person.userId, await createPhoto())
  const calls: number[] = []
  for (const behaviour of behaviours) {
    const label = `${fake.id} ${behaviour}`
    fake.behave(behaviour)
    const paidBefore = fake.paid()
    const before = await balanceOf(person)
    const { id, credits } = await start(person, requestFor(fake.id, upload_id))
    expect(credits.reserved, label).toBeGreaterThan(0)
    expect((await balanceOf(person)).held, label).toBe(credits.reserved)
    await perform(id, true)
    const [state, code] = expected[behaviour]
    const now = await read(person, id)
    expect({ state: now.state, code: now.failure?.code }, label).toEqual({ state, code })
    const spent = state === 'succeeded' ? credits.reserved : 0
    expect(now.credits.spent, label).toBe(spent)
    expect(await balanceOf(person), label).toEqual({ available: before.available - spent, held: 0 })
    expect(JSON.stringify(now), label).not.toContain(rawMessage)
    // Done again, as a queue may: nothing more happens.
    await perform(id, true)
    calls.push(fake.paid() - paidBefore)
  }
  return calls
}

test('I1 every provider, however it behaves: the right end, the hold closed, one paid call', async () => {
  const calls = (await Promise.all(fakes.map(checkProvider))).flat()
  expect(calls).toEqual(calls.map(() => 1))
  printCounts('I1', { providers: fakes.length, cases: calls.length, 'paid calls': calls.length, 'twice paid': 0 })
}, 180_000)
