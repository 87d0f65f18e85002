/** A1: a request that is sent a hundred times at once with one key happens once. */
import { creditsSchema, generationSchema, projectSchema } from '@hero-image/client/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/keys/uuid.ts'
import { giveCredits } from '../generations/studio.ts'
import { printCounts } from '../harness/counts.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'

const times = 100
let hero: TestService
let person: Person
beforeAll(async () => {
  // Nobody listens there, and no job is done: it is about what is put aside.
  hero = await createTestService({ settings: { OPENAI_API_KEY: 'of tests', OPENAI_BASE_URL: 'http://127.0.0.1:9' } })
  person = await hero.createPerson()
})
afterAll(() => hero.close())

/** Sends the same a hundred times at once. @returns the different bodies, and how many of the answers were given before */
async function sendAll(path: string, body: unknown, status: number) {
  const key = newId()
  const answers = await Promise.all(
    Array.from({ length: times }, () => person.post(path, body, { 'idempotency-key': key })),
  )
  const statuses = [...new Set(answers.map((answer) => answer.status))]
  const bodies = [...new Set(await Promise.all(answers.map((answer) => answer.text())))]
  expect({ statuses, bodies: bodies.length }).toEqual({ statuses: [status], bodies: 1 })
  const replays = answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true').length
  return { key, body: JSON.parse(bodies[0] ?? ''), replays }
}

describe('A1', () => {
  test('100 projects with one key: 1 project, 99 replays; another body is 422, no key is 400', async () => {
    const { key, body, replays } = await sendAll('/v1/projects', { name: 'Once' }, 201)
    const { id } = projectSchema.parse(body)
    const { count } = await hero.service.db
      .selectFrom('project')
      .select((query) => query.fn.countAll<number>().as('count'))
      .where('user_id', '=', person.userId)
      .executeTakeFirstOrThrow()
    expect({ replays, count }).toEqual({ replays: times - 1, count: 1 })
    const other = await person.post('/v1/projects', { name: 'Twice' }, { 'idempotency-key': key })
    expect(await other.json()).toMatchObject({ status: 422, code: 'idempotency-key-reused' })
    const elsewhere = await person.post('/v1/exports', { project_id: id, kind: 'json' }, { 'idempotency-key': key })
    expect(elsewhere.status).toBe(422)
    const headers = { 'content-type': 'application/json' }
    const without = await person.request('/v1/projects', { method: 'POST', headers, body: '{"name":"x"}' })
    expect(await without.json()).toMatchObject({ status: 400, code: 'missing-idempotency-key' })
    printCounts('A1 projects', { requests: times, objects: count, replays })
  })

  test('100 generations with one key: 1 generation, 1 reservation, 1 job, 99 replays', async () => {
    await giveCredits(hero.service, person.userId, 1000)
    const wish = { operation: 'generate', provider: 'openai', prompt: 'A lake', ratio: '1:1' }
    const { key, body, replays } = await sendAll('/v1/generations', wish, 202)
    const { credits } = generationSchema.parse(body)
    const { available, held } = creditsSchema.parse(await (await person.request('/v1/credits')).json())
    const holds = await hero.service.db
      .selectFrom('hold')
      .innerJoin('wallet', 'wallet.id', 'hold.wallet_id')
      .select('hold.id')
      .where('wallet.user_id', '=', person.userId)
      .execute()
    const jobs = await sql<{ count: number }>`select count(*) from queue.job where name = 'generation'`.execute(
      hero.service.db,
    )
    expect(credits.reserved).toBeGreaterThan(0)
    expect({ replays, available, held, holds: holds.length, jobs: jobs.rows[0]?.count }).toEqual({
      replays: times - 1,
      available: 1000 - credits.reserved,
      held: credits.reserved,
      holds: 1,
      jobs: 1,
    })
    const other = await person.post('/v1/generations', { ...wish, prompt: 'A sea' }, { 'idempotency-key': key })
    expect(other.status).toBe(422)
    printCounts('A1 generations', { requests: times, reservations: holds.length, replays })
  })

  test('keys of two people do not meet', async () => {
    const other = await hero.createPerson()
    const send = async (who: Person) => {
      const answer = await who.post('/v1/projects', { name: 'Same' }, { 'idempotency-key': 'the-same-key' })
      return projectSchema.parse(await answer.json()).id
    }
    expect(await send(person)).not.toBe(await send(other))
  })

  test('a request that fails frees its key', async () => {
    const key = newId()
    const send = (name: unknown) => person.post('/v1/projects', { name }, { 'idempotency-key': key })
    expect((await send(1)).status).toBe(422)
    expect((await send('Now')).status).toBe(201)
  })
})
