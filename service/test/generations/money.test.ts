/** What a generation costs whom when two work on it, storage is away, or somebody changes their mind again and again. */
import { generationSchema, newGenerationSchema } from '@hero-image/client/contract'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createGeneration } from '../../src/generations/create.ts'
import { performGeneration } from '../../src/generations/perform.ts'
import { fromWireId } from '../../src/keys/uuid.ts'
import { wishErasure } from '../../src/privacy/erasure/wish.ts'
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

test('pictures that are paid and then not wanted end: whoever cancels again and again waits for the next day', async () => {
  const wasteful = await hero.createPerson()
  const upload_id = await putPicture(hero.service, wasteful.userId, await createPhoto())
  await giveCredits(hero.service, wasteful.userId, 100)
  const wish = { operation: 'extend', provider: 'compatible', upload_id, ratio: '1:1' }
  const waste = async (): Promise<number> => {
    const answer = await wasteful.post('/v1/generations', wish)
    if (answer.status !== 202) return answer.status
    const { id } = generationSchema.parse(await answer.json())
    const put = vi.spyOn(hero.service.storage, 'put').mockImplementationOnce(async () => {
      // The picture is drawn by now.
      await wasteful.post(`/v1/generations/${id}/cancel`, {})
    })
    await perform(id)
    put.mockRestore()
    expect((await read(wasteful, id)).state).toBe('canceled')
    return answer.status
  }
  // What nobody has begun yet costs nothing, and neither does what is made here.
  for (let count = 0; count < 4; count += 1) {
    const { id } = await start(wasteful, count < 2 ? wish : { ...wish, provider: 'local' })
    await wasteful.post(`/v1/generations/${id}/cancel`, {})
  }
  const paid = compatible.paid()
  expect([await waste(), await waste(), await waste(), await waste()]).toEqual([202, 202, 202, 429])
  expect(compatible.paid() - paid).toBe(3)
  expect(await balanceOf(wasteful)).toEqual({ available: 100, held: 0 })
  hero.clock.advance(86_400_000)
  expect(await waste()).toBe(202)
})

test('pictures that are paid and cannot be used: whoever asks for them again and again waits for the next day', async () => {
  const unlucky = await hero.createPerson()
  const upload_id = await putPicture(hero.service, unlucky.userId, await createPhoto())
  await giveCredits(hero.service, unlucky.userId, 100)
  // As a photo does that is too large to be put together with what was drawn.
  compatible.behave('non-image')
  const ask = async (): Promise<number> => {
    const answer = await unlucky.post('/v1/generations', {
      operation: 'extend',
      provider: 'compatible',
      upload_id,
      ratio: '1:1',
    })
    if (answer.status === 202) await perform(generationSchema.parse(await answer.json()).id)
    return answer.status
  }
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual([202, 202, 202, 429])
  expect(await balanceOf(unlucky)).toEqual({ available: 100, held: 0 })
  compatible.behave('success')
})

test('a request that was let in before its account was put out of use spends nothing after that', async () => {
  const { service } = hero
  const leaving = await hero.createPerson()
  const upload_id = await putPicture(service, leaving.userId, await createPhoto())
  await giveCredits(service, leaving.userId, 100)
  await service.db.transaction().execute((trx) => wishErasure(service, trx, leaving.userId))
  const wish = newGenerationSchema.parse({ operation: 'extend', provider: 'compatible', upload_id, ratio: '1:1' })
  const asking = { userId: leaving.userId, providers, limits: { pixels: 1_000_000 } }
  const late = service.db.transaction().execute((trx) => createGeneration(trx, service, wish, asking))
  await expect(late).rejects.toMatchObject({ code: 'unauthenticated' })
  const wallet = await service.db
    .selectFrom('wallet')
    .select(['available', 'held'])
    .where('user_id', '=', leaving.userId)
    .executeTakeFirstOrThrow()
  expect(wallet).toEqual({ available: 100, held: 0 })
})

test('a process that stops while the provider says that it is busy leaves a generation that can go on', async () => {
  const { id } = await extend('fal')
  fal.behave('busy')
  const stop = new AbortController()
  // It stops before it is told.
  stop.abort()
  await expect(
    performGeneration(hero.service, providers, {
      data: { generationId: fromWireId('generation', id) ?? '' },
      isLast: false,
      signal: stop.signal,
    }),
  ).rejects.toThrow('busy')
  fal.behave('success')
  await perform(id)
  expect((await read(person, id)).state).toBe('succeeded')
})

test('a photo too large to be put together with what is drawn costs nobody anything', async () => {
  const side = 7000
  const large = await sharp({ create: { width: side, height: side, channels: 4, background: '#abcdef80' } })
    .png({ compressionLevel: 1 })
    .toBuffer()
  const upload_id = await putPicture(hero.service, person.userId, large)
  const canvas = { x: 0, y: 0, width: 1.01, height: 1 }
  const { id } = await start(person, { operation: 'extend', provider: 'compatible', upload_id, canvas })
  const paid = compatible.paid()
  await perform(id)
  expect(await read(person, id)).toMatchObject({ state: 'failed', failure: { code: 'not-possible' } })
  expect(compatible.paid()).toBe(paid)
})
