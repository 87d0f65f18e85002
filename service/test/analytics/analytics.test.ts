/** Page views: counted without cookies, and without anything at rest that tells who somebody is. */
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { reportVisits } from '../../src/analytics/report.ts'
import { jobsOf } from '../../src/parts.ts'
import { retain } from '../../src/privacy/retention/retain.ts'
import { printCounts } from '../harness/counts.ts'
import { createTestService, type TestService, testAddressHeader } from '../harness/service.ts'

const agent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.7391.55 Safari/537.36'
const address = '198.51.100.77'

let hero: TestService
beforeAll(async () => {
  const table = join(tmpdir(), `hero-countries-${process.pid}.csv`)
  await writeFile(table, '198.51.100.0,198.51.100.255,FR\n')
  hero = await createTestService({ settings: { HERO_COUNTRY_TABLE: table } })
})
afterAll(() => hero.close())
beforeEach(async () => {
  for (const table of ['analytics_hit', 'analytics_salt', 'analytics_day'] as const) {
    await hero.service.db.deleteFrom(table).execute()
  }
})

function view(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return hero.request('/v1/e', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: 'http://hero.test',
      'user-agent': agent,
      [testAddressHeader]: address,
      ...headers,
    },
    body: JSON.stringify(body),
  })
}

async function rollUp(): Promise<void> {
  await jobsOf(hero.parts)['analytics-rollup']?.({
    id: '',
    data: {},
    retries: 0,
    isLast: true,
    signal: new AbortController().signal,
  })
}

test('V3 two visits in a day are one visitor, the next day another; nothing at rest tells who', async () => {
  const { db } = hero.service
  const first = await view({
    path: '/pricing?from=lovelace@example.org',
    referrer: 'https://search.example/?q=lovelace',
  })
  expect(first.status).toBe(204)
  expect(first.headers.has('set-cookie')).toBe(false)
  await view({ path: '/docs' })
  await view({ path: '/docs' }, { [testAddressHeader]: '198.51.100.78' })
  const today = await db.selectFrom('analytics_hit').selectAll().execute()
  expect(today).toHaveLength(3)
  expect(new Set(today.map(({ visitor }) => visitor.toString('hex'))).size).toBe(2)
  expect(today).toContainEqual(
    expect.objectContaining({
      path: '/pricing',
      referrer_host: 'search.example',
      browser: 'Chrome',
      os: 'Windows',
      device: 'desktop',
      country: 'FR',
    }),
  )

  hero.clock.advance(86_400_000)
  await view({ path: '/docs' })
  const all = await db.selectFrom('analytics_hit').selectAll().execute()
  const visitors = new Set(all.map(({ visitor }) => visitor.toString('hex')))
  expect(visitors.size).toBe(3)

  await rollUp()
  const sums = await db.selectFrom('analytics_day').selectAll().orderBy('day').execute()
  expect(sums.filter(({ dimension }) => dimension === 'all')).toMatchObject([
    { views: 3, visitors: 2 },
    { views: 1, visitors: 1 },
  ])
  expect(sums).toContainEqual(expect.objectContaining({ dimension: 'path', value: '/docs', views: 2, visitors: 2 }))
  expect(await reportVisits(db, '2000-01-01')).toMatch(/Pages, views\n\/docs +3\n\/pricing +1/)

  const everything = await db
    .selectFrom(
      sql<{ text: string }>`(
      select row_to_json(h)::text as text from analytics_hit h union all select row_to_json(s)::text from analytics_salt s
      union all select row_to_json(d)::text from analytics_day d)`.as('rows'),
    )
    .select('text')
    .execute()
  const written = [...everything.map(({ text }) => text), ...hero.logLines].join('\n')
  const needles = [address, Buffer.from(address).toString('hex'), agent, '126.0.7391', 'lovelace', 'search.example/']
  for (const needle of needles) expect(written).not.toContain(needle)
  for (const [days, salts, hits] of [
    [1, 1, 1],
    [1, 0, 0],
  ] as const) {
    hero.clock.advance(days * 86_400_000)
    await retain(hero.service)
    expect(await db.selectFrom('analytics_salt').selectAll().execute()).toHaveLength(salts)
    expect(await db.selectFrom('analytics_hit').selectAll().execute()).toHaveLength(hits)
  }
  printCounts('V3', { views: 4, visitors: visitors.size, searched: everything.length, found: 0, cookies: 0 })
})

test('the sums of a day are the same, however often they are made', async () => {
  await view({ path: '/' })
  await rollUp()
  await view({ path: '/' })
  await rollUp()
  await rollUp()
  const sums = await hero.service.db.selectFrom('analytics_day').selectAll().where('dimension', '=', 'all').execute()
  expect(sums).toMatchObject([{ views: 2, visitors: 1 }])
})

test.each([
  ['Do Not Track', { dnt: '1' }],
  ['Global Privacy Control', { 'sec-gpc': '1' }],
  ['a bot', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }],
  ['a program', { 'user-agent': 'curl/8.5.0' }],
])('%s is not counted, and cannot tell', async (_who, headers) => {
  expect((await view({ path: '/' }, headers)).status).toBe(204)
  expect(await hero.service.db.selectFrom('analytics_hit').selectAll().execute()).toEqual([])
  expect(await hero.service.db.selectFrom('analytics_salt').selectAll().execute()).toEqual([])
})

test.each([
  ['a page of another site', { path: '/' }, { origin: 'https://elsewhere.example' }, 403],
  ['a large body', { path: `/${'x'.repeat(5000)}` }, {}, 413],
  ['a path that is none', { path: 'pricing' }, {}, 422],
  ['more than path and referrer', { path: '/', screen: 1920 }, {}, 422],
])('%s is refused', async (_what, body, headers, status) => {
  expect((await view(body, headers)).status).toBe(status)
  expect(await hero.service.db.selectFrom('analytics_hit').selectAll().execute()).toEqual([])
})

test('nobody fills the database with page views: a sender is counted so often, and sums keep the most seen values', async () => {
  const { db, clock } = hero.service
  const headers = { [testAddressHeader]: '203.0.113.99' }
  const answers = await Promise.all(Array.from({ length: 130 }, (_, at) => view({ path: `/made-up-${at}-x` }, headers)))
  // The answer does not tell.
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
  const hits = await db.selectFrom('analytics_hit').select('id').execute()
  expect(hits).toHaveLength(120)
  const day = clock.now().toISOString().slice(0, 10)
  await sql`
    insert into analytics_hit (id, day, path, referrer_host, browser, os, device, country, visitor)
    select gen_random_uuid(), ${day}::date, '/made-up-' || number, 'host-' || number, 'Chrome', 'Linux', 'desktop', '', '\\x00'
    from generate_series(1, 1200) number
  `.execute(db)
  await view({ path: '/docs' })
  await view({ path: '/docs' })
  await rollUp()
  const sums = await db.selectFrom('analytics_day').selectAll().where('day', '=', day).execute()
  for (const dimension of ['path', 'referrer_host']) {
    expect(sums.filter((row) => row.dimension === dimension)).toHaveLength(1000)
  }
  expect(sums.find(({ dimension, value }) => dimension === 'path' && value === '/docs')).toMatchObject({ views: 2 })
  expect(sums.find(({ dimension }) => dimension === 'all')).toMatchObject({ views: 1322 })
})
