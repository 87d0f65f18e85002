/** What a generation costs whom when two work on it, storage is away, or somebody changes their mind again and again. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { performGeneration } from '../../src/generations/perform.ts'
import { fromWireId } from '../../src/keys/uuid.ts'
import type { Provider } from '../../src/providers/provider.ts'
import { createProviders } from '../../src/providers/providers.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'
import type { FakeProvider } from './providers/fake-server.ts'
import { startFalFake } from './providers/fal-fake.ts'
import { startOpenAiFake } from './providers/openai-fake.ts'
import { balanceOf, createPhoto, giveCredits, putPicture, read, start } from './studio.ts'

let hero: TestService
let person: Person
let compatible: FakeProvider
let fal: FakeProvider
let providers: readonly Provider[]
let upload_id: string
beforeAll(async () => {
  compatible = await startOpenAiFake('compatible')
  fal = await startFalFake()
  hero = await createTestService({ settings: { ...compatible.settings, ...fal.settings, HERO_REFUSALS_PER_DAY: '3' } })
  providers = createProviders(hero.service.settings)
  person = await hero.createPerson()
  await giveCredits(hero.service, person.userId, 1000)
  upload_id = await putPicture(hero.service, person.userId, await createPhoto())
})
afterAll(async () => {
  await hero.close()
  await compatible.close()
  await fal.close()
})

const perform = (id: string): Promise<void> =>
  performGeneration(hero.service, providers, {
    data: { generationId: fromWireId('generation', id) ?? '' },
    isLast: false,
    signal: new AbortController().signal,
  })

const extend = (provider: string) => start(person, { operation: 'extend', provider, upload_id, ratio: '1:1' })

test('a worker that was taken for dead does not cancel the picture that another one waits for', async () => {
  fal.behave('hang')
  const { id } = await extend('fal')
  const first = perform(id).catch((error: unknown) => error)
  await vi.waitFor(async () => {
    const row = await hero.service.db
      .selectFrom('generation')
      .select('provider_request_id')
      .where('id', '=', fromWireId('generation', id) ?? '')
      .executeTakeFirstOrThrow()
    expect(row.provider_request_id).not.toBeNull()
  }, 20_000)
  const paid = fal.paid()
  const second = perform(id)
  // It notices, and stops.
  await first
  expect(fal.canceled()).toBe(0)
  fal.behave('success')
  await second
  expect((await read(person, id)).state).toBe('succeeded')
  expect(fal.paid()).toBe(paid)
})

test('a picture that cannot be kept, since storage is away, is not drawn and paid again', async () => {
  const before = await balanceOf(person)
  const { id } = await extend('compatible')
  const paid = compatible.paid()
  const away = vi.spyOn(hero.service.storage, 'put').mockRejectedValue(new Error('storage is away'))
  for (let attempt = 0; attempt < 3; attempt += 1) await perform(id).catch(() => undefined)
  away.mockRestore()
  expect(compatible.paid() - paid).toBe(1)
  expect(await read(person, id)).toMatchObject({ state: 'failed', credits: { spent: 0 } })
  expect(await balanceOf(person)).toEqual(before)
})
