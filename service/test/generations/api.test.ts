/** What people ask for and get: quotes, generations, limits, cancelation. */
import {
  generationPageSchema,
  generationQuoteSchema,
  generationSchema,
  problemSchema,
  providerListSchema,
} from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { fromWireId, newId } from '../../src/keys/uuid.ts'
import { forgetSignals } from '../../src/privacy/forget-signals.ts'
import { printCounts } from '../harness/counts.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'
import type { FakeProvider } from './providers/fake-server.ts'
import { startFalFake } from './providers/fal-fake.ts'
import { startGoogleFake } from './providers/google-fake.ts'
import { startOpenAiFake } from './providers/openai-fake.ts'
import { balanceOf, createPhoto, ended, giveCredits, putPicture, read, start } from './studio.ts'

let hero: TestService
let compatible: FakeProvider
let google: FakeProvider
let fal: FakeProvider
beforeAll(async () => {
  compatible = await startOpenAiFake('compatible')
  google = await startGoogleFake()
  fal = await startFalFake()
  hero = await createTestService({
    settings: {
      ...compatible.settings,
      ...google.settings,
      ...fal.settings,
      HERO_RUNNING_GENERATIONS: '3',
      HERO_REFUSALS_PER_DAY: '2',
      HERO_CREDITS_PER_DAY: '20',
    },
  })
})
afterAll(async () => {
  await hero.close()
  await Promise.all([compatible, google, fal].map((fake) => fake.close()))
})

async function createArtist(credits = 100): Promise<Person & { readonly upload_id: string }> {
  const person = await hero.createPerson()
  await giveCredits(hero.service, person.userId, credits)
  return { ...person, upload_id: await putPicture(hero.service, person.userId, await createPhoto()) }
}

async function problemOf(response: Response): Promise<{ code: string; pointers: string[] }> {
  const { code, errors } = problemSchema.parse(await response.json())
  return { code, pointers: (errors ?? []).map(({ pointer }) => pointer) }
}

const idOf = async (answer: Response): Promise<string> => generationSchema.parse(await answer.json()).id

test('providers tell what they can do; the local one says that it is no AI', async () => {
  const person = await hero.createPerson()
  const { data } = providerListSchema.parse(await (await person.request('/v1/providers')).json())
  expect(data.map(({ id }) => id)).toEqual(['local', 'google', 'fal', 'compatible'])
  expect(data[0]).toMatchObject({ uses_ai: false, name: expect.stringContaining('no AI') })
  expect(data[0]?.operations).toMatchObject([{ operation: 'extend', price: { credits: 0 } }])
})

test('a quote tells price and plan, and the generation has them', async () => {
  const person = await createArtist()
  const wish = {
    operation: 'extend',
    provider: 'fal',
    upload_id: person.upload_id,
    ratio: '4:5',
    anchor: { x: 0.5, y: 0 },
  }
  const quoted = generationQuoteSchema.parse(await (await person.post('/v1/generations/quote', wish)).json())
  expect(quoted).toMatchObject({ credits: 7, model: 'fal-ai/flux-pro/v1/fill', provider: { id: 'fal' } })
  expect(quoted.picture).toMatchObject({ width: 48, height: 60, original: { x: 0, y: 0 } })
  expect(await balanceOf(person)).toEqual({ available: 100, held: 0 })
  const started = await start(person, { ...wish, max_credits: 7 })
  expect(started.picture).toEqual(quoted.picture)
  expect(started.credits).toEqual({ reserved: 7, spent: null })
  expect(await balanceOf(person)).toEqual({ available: 93, held: 7 })
  const dearer = await person.post('/v1/generations', { ...wish, max_credits: 6 })
  expect(await problemOf(dearer)).toEqual({ code: 'invalid-fields', pointers: ['/max_credits'] })
  expect(await balanceOf(person)).toEqual({ available: 93, held: 7 })
})

test('what cannot be is a problem that names the field, and nothing happens', async () => {
  const person = await createArtist()
  const stranger = await createArtist()
  const { upload_id } = person
  const extend = { operation: 'extend', upload_id, ratio: '4:5' }
  const cases: readonly (readonly [body: object, code: string, pointer: string])[] = [
    [{ ...extend, ratio: 'wide' }, 'invalid-fields', '/ratio'],
    [{ ...extend, ratio: '0:5' }, 'invalid-fields', '/ratio'],
    [{ ...extend, ratio: '3:2' }, 'invalid-fields', '/ratio'],
    [{ ...extend, canvas: { x: 0, y: 0, width: 2, height: 1 } }, 'invalid-fields', '/ratio'],
    [{ operation: 'extend', upload_id }, 'invalid-fields', '/ratio'],
    [{ operation: 'extend', upload_id, canvas: { x: 0.1, y: 0, width: 2, height: 1 } }, 'invalid-fields', '/canvas/x'],
    [
      { operation: 'extend', upload_id, canvas: { x: -0.5, y: 0, width: 1, height: 1 } },
      'invalid-fields',
      '/canvas/width',
    ],
    [{ operation: 'extend', upload_id, canvas: { x: 0, y: 0, width: 1, height: 1 } }, 'invalid-fields', '/canvas'],
    [{ ...extend, prompt: 'a tree' }, 'unsupported-operation', '/prompt'],
    [{ ...extend, provider: 'nobody' }, 'invalid-fields', '/provider'],
    [{ ...extend, provider: 'google' }, 'unsupported-operation', '/provider'],
    [{ ...extend, upload_id: stranger.upload_id }, 'not-found', '/upload_id'],
    [{ ...extend, upload_id: 'upl_nothing' }, 'invalid-fields', '/upload_id'],
    [{ ...extend, project_id: `prj_${'0'.repeat(32)}` }, 'not-found', ''],
    [{ ...extend, extra: 1 }, 'invalid-fields', '/extra'],
    [{ operation: 'paint' }, 'invalid-fields', '/operation'],
    [{ operation: 'edit', upload_id }, 'invalid-fields', '/prompt'],
    [
      { operation: 'edit', provider: 'google', upload_id, mask_upload_id: upload_id, prompt: 'x' },
      'unsupported-operation',
      '/mask_upload_id',
    ],
    [{ operation: 'generate', prompt: '' }, 'invalid-fields', '/prompt'],
    [{ operation: 'generate', prompt: 'x', provider: 'local' }, 'unsupported-operation', '/provider'],
  ]
  for (const [body, code, pointer] of cases) {
    for (const path of ['/v1/generations', '/v1/generations/quote']) {
      if (path.endsWith('quote') && 'project_id' in body) continue
      const found = await problemOf(await person.post(path, body))
      expect(found.code, JSON.stringify(body)).toBe(code)
      if (pointer !== '') expect(found.pointers, JSON.stringify(body)).toContain(pointer)
    }
  }
  expect(await balanceOf(person)).toEqual({ available: 100, held: 0 })
  const page = generationPageSchema.parse(await (await person.request('/v1/generations')).json())
  expect(page.data).toEqual([])
})

test('A1 the same wish sent 20 times at once is one generation and one hold', async () => {
  const person = await createArtist()
  const wish = { operation: 'generate', provider: 'compatible', prompt: 'a quiet sea' }
  const key = newId()
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => person.post('/v1/generations', wish, { 'idempotency-key': key })),
  )
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202))
  const ids = new Set(await Promise.all(answers.map(idOf)))
  expect(ids.size).toBe(1)
  expect(answers.filter((answer) => answer.headers.get('idempotency-replayed') === 'true').length).toBe(19)
  expect(await balanceOf(person)).toEqual({ available: 95, held: 5 })
})

test('limits of a wallet hold, however many ask at once', async () => {
  const person = await createArtist()
  const wish = { operation: 'generate', provider: 'compatible', prompt: 'a quiet sea' }
  const answers = await Promise.all(Array.from({ length: 12 }, () => person.post('/v1/generations', wish)))
  const granted = answers.filter(({ status }) => status === 202)
  const refused = answers.filter(({ status }) => status === 429)
  expect([granted.length, refused.length]).toEqual([3, 9])
  expect(refused[0]?.headers.get('retry-after')).toMatch(/^\d+$/)
  expect(await balanceOf(person)).toEqual({ available: 85, held: 15 })
  // Three pictures of five credits are fifteen; a fourth is the last of the day.
  for (const answer of granted) await person.post(`/v1/generations/${await idOf(answer)}/cancel`, {})
  const poor = await createArtist(4)
  const unpaid = await poor.post('/v1/generations', wish)
  expect(unpaid.status).toBe(402)
  expect(await unpaid.json()).toMatchObject({ code: 'insufficient-credits', balance: 4, required: 5 })
  const dear = await createArtist()
  const statuses: number[] = []
  for (let count = 0; count < 3; count += 1) {
    statuses.push((await dear.post('/v1/generations', { ...wish, provider: 'fal', ratio: '1:1' })).status)
  }
  // Two megapixels each, eight credits: two fit into twenty.
  expect(statuses).toEqual([202, 202, 429])
})

test('from here on there is a worker', () => hero.work())

test('I3 a refusal ends as refused, gives the credits back, and too many of them close the day', async () => {
  const person = await createArtist()
  google.behave('refusal')
  const wish = { operation: 'generate', provider: 'google', prompt: 'something that is not wanted' }
  for (let count = 0; count < 2; count += 1) {
    const { id } = await start(person, wish)
    const now = await ended(person, id)
    expect(now).toMatchObject({ state: 'refused', failure: { code: 'content-refused' }, credits: { spent: 0 } })
    expect(now.failure?.detail).not.toContain('RAW')
    expect(await balanceOf(person)).toEqual({ available: 100, held: 0 })
  }
  const signals = () => hero.service.db.selectFrom('abuse_signal').select(['kind', 'count']).execute()
  // Not for refusals, nor for too many at once (above): for going on after too many refusals.
  expect(await signals()).toEqual([])
  const third = await person.post('/v1/generations', wish)
  await person.post('/v1/generations', wish)
  expect(await signals()).toEqual([{ kind: 'refused-generations', count: 2 }])
  expect(await forgetSignals(hero.service, hero.service.db, [person.userId])).toBe(1)
  expect(await problemOf(third.clone())).toMatchObject({ code: 'limit-reached' })
  expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(3600)
  hero.clock.advance(86_400_000)
  google.behave('success')
  const { id } = await start(person, wish)
  expect((await ended(person, id)).state).toBe('succeeded')
  printCounts('I3', { refused: 2, 'credits lost': 0, 'stopped for the day': 1, signals: 2 })
})

test('canceled while it is drawn: the credits are back at once, and the provider is told', async () => {
  fal.behave('hang')
  const person = await createArtist()
  const { id } = await start(person, { operation: 'generate', provider: 'fal', prompt: 'a quiet sea' })
  // Pictures of the tests above may still be on their way: only looks at this one count.
  const isLookedAt = async (): Promise<void> => {
    const { provider_request_id: request } = await hero.service.db
      .selectFrom('generation')
      .select('provider_request_id')
      .where('id', '=', fromWireId('generation', id) ?? '')
      .executeTakeFirstOrThrow()
    expect(fal.asked().map(({ path }) => path)).toContainEqual(expect.stringMatching(`/requests/${request}/status$`))
  }
  await vi.waitFor(isLookedAt, 20_000)
  expect((await balanceOf(person)).held).toBeGreaterThan(0)
  const canceled = await person.post(`/v1/generations/${id}/cancel`, {})
  expect(await canceled.json()).toMatchObject({ state: 'canceled', credits: { spent: 0 } })
  expect(await balanceOf(person)).toEqual({ available: 100, held: 0 })
  await vi.waitFor(() => expect(fal.canceled()).toBe(1), 20_000)
  // Again is as good as once; and it stays what it is.
  expect((await person.post(`/v1/generations/${id}/cancel`, {})).status).toBe(200)
  expect((await read(person, id)).state).toBe('canceled')
  expect((await (await hero.createPerson()).post(`/v1/generations/${id}/cancel`, {})).status).toBe(404)
  fal.behave('success')
})

test('what has ended cannot be canceled; its content can be had in parts, by nobody else', async () => {
  const person = await createArtist()
  const { id } = await start(person, { operation: 'extend', upload_id: person.upload_id, ratio: '1:2' })
  const done = await ended(person, id)
  expect(await problemOf(await person.post(`/v1/generations/${id}/cancel`, {}))).toMatchObject({ code: 'conflict' })
  const url = done.output?.url ?? ''
  const part = await person.request(url, { headers: { range: 'bytes=0-7' } })
  expect(part.status).toBe(206)
  expect(Buffer.from(await part.arrayBuffer()).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  const stranger = await hero.createPerson()
  expect((await stranger.request(url)).status).toBe(404)
  expect((await stranger.request(`/v1/generations/${id}`)).status).toBe(404)
  expect((await stranger.request(`/v1/generations/${id}/events`)).status).toBe(404)
})
