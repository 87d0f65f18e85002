/** Keys of providers, and words of theirs, are nowhere but where they belong. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createProviders } from '../../src/providers/providers.ts'
import { printCounts } from '../harness/counts.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'
import { startAllFakes } from './providers/all.ts'
import { type FakeProvider, rawMessage, startFakeServer } from './providers/fake-server.ts'
import { startFalFake } from './providers/fal-fake.ts'
import { ended, giveCredits, start } from './studio.ts'

let hero: TestService
let person: Person
let fakes: FakeProvider[]
let output: readonly { readonly mock: { readonly calls: readonly unknown[][] } }[]
beforeAll(async () => {
  output = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  fakes = await startAllFakes()
  hero = await createTestService({
    settings: Object.assign(
      { HERO_RUNNING_GENERATIONS: '1000', HERO_PROVIDER_SECONDS: '4' },
      ...fakes.map(({ settings }) => settings),
    ),
  })
  await hero.work()
  person = await hero.createPerson()
  await giveCredits(hero.service, person.userId, 10_000)
})
afterAll(async () => {
  vi.restoreAllMocks()
  await hero.close()
  await Promise.all(fakes.map((fake) => fake.close()))
})

/** Every row of every table, ours and the queue's. */
async function dumpDatabase(): Promise<{ tables: number; text: string }> {
  const { db } = hero.service
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_schema in ('public', 'queue') and table_type = 'BASE TABLE'`.execute(db)
  const texts: string[] = []
  for (const { schema, name } of tables) {
    const { rows } = await sql<{ row: string }>`
      select row_to_json(each)::text as row from ${sql.table(`${schema}.${name}`)} each`.execute(db)
    texts.push(...rows.map(({ row }) => row))
  }
  return { tables: tables.length, text: texts.join('\n') }
}

test('I4 no key and no word of a provider in answers, logs, rows or jobs, however it behaves', async () => {
  const answers: string[] = []
  for (const behaviour of ['success', 'refusal', 'quota', 'garbage', 'reset', 'fault'] as const) {
    for (const fake of fakes) fake.behave(behaviour)
    const started = await Promise.all(
      fakes.map(({ id: provider }) =>
        start(person, { operation: 'generate', provider, prompt: 'a quiet sea', ratio: '3:2' }),
      ),
    )
    // A fault is tried again for minutes: what matters lies in the job after the first time.
    if (behaviour === 'fault') {
      await vi.waitFor(async () => {
        const { rows } = await sql<{ count: number }>`
          select count(*)::int as count from queue.job where name = 'generation' and output is not null`.execute(
          hero.service.db,
        )
        expect(rows[0]?.count).toBeGreaterThanOrEqual(fakes.length)
      }, 30_000)
    }
    for (const { id } of started) {
      const path = `/v1/generations/${id}`
      answers.push(
        JSON.stringify(behaviour === 'fault' ? await (await person.request(path)).json() : await ended(person, id)),
      )
    }
  }
  const { tables, text } = await dumpDatabase()
  const places = {
    answers: answers.join('\n'),
    logs: hero.logLines.join('\n'),
    output: output.flatMap(({ mock }) => mock.calls).join(''),
    rows: text,
  }
  let looked = 0
  for (const [place, content] of Object.entries(places)) {
    for (const secret of [...fakes.map(({ key }) => key), rawMessage]) {
      expect(content.includes(secret), `${secret} in ${place}`).toBe(false)
      looked += 1
    }
  }
  expect(hero.logLines.length).toBeGreaterThan(10)
  printCounts('I4', {
    answers: answers.length,
    'lines of log': hero.logLines.length,
    tables,
    searches: looked,
    found: 0,
  })
}, 120_000)

test('a provider that names a place inside as its result is not followed', async () => {
  let visits = 0
  const inside = await startFakeServer(() => {
    visits += 1
    return { status: 200, json: {} }
  })
  const fal = await startFalFake(`${inside.url}/latest/meta-data`)
  const [, provider] = createProviders({ ...hero.service.settings, ...pick(fal.settings) }).filter(
    ({ id }) => id === 'local' || id === 'fal',
  )
  if (provider?.drawing.kind !== 'asynchronous') throw new Error('There is no such provider.')
  const { signal } = new AbortController()
  const drawing = {
    operation: 'generate',
    model: 'fal-ai/flux/dev',
    prompt: 'x',
    size: { width: 256, height: 256 },
  } as const
  const ticket = await provider.drawing.submit(drawing, signal)
  await provider.drawing.look(ticket, signal)
  const address = await provider.drawing.look(ticket, signal)
  expect(address).toContain(inside.url)
  await expect(provider.drawing.fetch(address ?? '', signal)).rejects.toMatchObject({ kind: 'garbage' })
  expect(visits).toBe(0)
  await fal.close()
  await inside.close()
})

function pick({ FAL_KEY, FAL_BASE_URL }: Readonly<Record<string, string>>) {
  return { FAL_KEY, FAL_BASE_URL }
}
