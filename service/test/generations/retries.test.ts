/** What is tried again, and what is not. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { performGeneration } from '../../src/generations/perform.ts'
import { stillNeededHolds } from '../../src/generations/still-needed.ts'
import { fromWireId, newId } from '../../src/keys/uuid.ts'
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
  hero = await createTestService({ settings: { ...compatible.settings, ...fal.settings } })
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

const perform = (id: string, isLast = false, available = providers): Promise<void> =>
  performGeneration(hero.service, available, {
    data: { generationId: fromWireId('generation', id) ?? '' },
    isLast,
    signal: new AbortController().signal,
  })

test.each(['compatible', 'fal'])('%s: busy, then drawn: tried again, spent once', async (provider) => {
  const fake = provider === 'fal' ? fal : compatible
  const before = await balanceOf(person)
  const { id, credits } = await start(person, { operation: 'extend', provider, upload_id, ratio: '1:1' })
  fake.behave('busy')
  await expect(perform(id)).rejects.toThrow('busy')
  expect((await read(person, id)).state).toBe('queued')
  expect((await balanceOf(person)).held).toBe(credits.reserved)
  fake.behave('success')
  await perform(id)
  expect((await read(person, id)).state).toBe('succeeded')
  expect(await balanceOf(person)).toEqual({ available: before.available - credits.reserved, held: 0 })
})

test('what was drawn before the process died is not drawn again', async () => {
  const { id } = await start(person, { operation: 'extend', provider: 'compatible', upload_id, ratio: '1:1' })
  const paidBefore = compatible.paid()
  // It dies after the picture was drawn and kept, and before the finished one is.
  const { storage } = hero.service
  const put = storage.put.bind(storage)
  const dying = vi.spyOn(storage, 'put').mockImplementation(async (key, body, facts) => {
    if (!key.startsWith('drawn/')) throw new Error('the process died')
    await put(key, body, facts)
  })
  await expect(perform(id)).rejects.toThrow('the process died')
  dying.mockRestore()
  await perform(id)
  expect((await read(person, id)).state).toBe('succeeded')
  expect(compatible.paid() - paidBefore).toBe(1)
})

test('a submission whose answer nobody saw is not sent again', async () => {
  const { id } = await start(person, { operation: 'extend', provider: 'fal', upload_id, ratio: '1:1' })
  const generationId = fromWireId('generation', id) ?? ''
  await hero.service.db
    .updateTable('generation')
    .set({ submitting_at: hero.clock.now(), state: 'running', attempt: 1 })
    .where('id', '=', generationId)
    .execute()
  const paidBefore = fal.paid()
  await perform(id)
  const now = await read(person, id)
  expect(now).toMatchObject({ state: 'failed', failure: { code: 'interrupted' }, credits: { spent: 0 } })
  expect(fal.paid()).toBe(paidBefore)
})

test('a provider whose key was taken away, and a photo that was deleted, end a generation', async () => {
  const gone = await start(person, { operation: 'extend', provider: 'fal', upload_id, ratio: '1:1' })
  await perform(gone.id, false, [])
  expect((await read(person, gone.id)).failure?.code).toBe('provider-exhausted')
  const other = await putPicture(hero.service, person.userId, await createPhoto())
  const bare = await start(person, { operation: 'extend', provider: 'fal', upload_id: other, ratio: '1:1' })
  await hero.service.db
    .deleteFrom('file')
    .where('id', '=', fromWireId('upload', other) ?? '')
    .execute()
  await perform(bare.id)
  expect((await read(person, bare.id)).failure?.code).toBe('source-missing')
  expect((await balanceOf(person)).held).toBe(0)
})

test('a hold is needed as long as its generation is under way', async () => {
  const { id } = await start(person, { operation: 'extend', provider: 'fal', upload_id, ratio: '1:1' })
  const row = await hero.service.db
    .selectFrom('generation')
    .select('hold_id')
    .where('id', '=', fromWireId('generation', id) ?? '')
    .executeTakeFirstOrThrow()
  const holdId = row.hold_id ?? ''
  const needed = async (days = 0): Promise<boolean> => {
    const at = new Date(hero.clock.now().getTime() + days * 86_400_000)
    return (await stillNeededHolds(hero.service.db, [holdId, newId()], at)).has(holdId)
  }
  expect(await needed()).toBe(true)
  expect(await needed(1)).toBe(true)
  // The queue has forgotten the job by then.
  expect(await needed(16)).toBe(false)
  await person.post(`/v1/generations/${id}/cancel`, {})
  expect(await needed()).toBe(false)
})
