/** A4: pages while others insert: nothing comes twice, nothing that was there is left out. */
import { projectPageSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId, toWireId } from '../../src/keys/uuid.ts'
import { printCounts } from '../harness/counts.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'

let hero: TestService
let person: Person
beforeAll(async () => {
  hero = await createTestService()
  person = await hero.createPerson()
})
afterAll(() => hero.close())

async function insert(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, newId)
  const values = ids.map((id) => ({ id, user_id: person.userId, name: 'x', settings: '{}' }))
  await hero.service.db.insertInto('project').values(values).execute()
  return ids.map((id) => toWireId('project', id))
}

/** Reads all pages, and inserts while it does. */
async function walk(limit: number, insertOne: () => Promise<void>): Promise<string[]> {
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const [response] = await Promise.all([person.request(`/v1/projects?limit=${limit}${query}`), insertOne()])
    const page = projectPageSchema.parse(await response.json())
    seen.push(...page.data.map(({ id }) => id))
    cursor = page.next_cursor
  } while (cursor !== null)
  return seen
}

test('A4 1,000 rows, 50 inserts meanwhile: no repeats, no gaps for older rows', async () => {
  const older = await insert(1000)
  let inserted = 0
  const seen = await walk(20, async () => {
    if (inserted >= 50) return
    inserted += 1
    const answer = await person.post('/v1/projects', { name: `New ${inserted}` })
    expect(answer.status).toBe(201)
  })
  const repeats = seen.length - new Set(seen).size
  const gaps = older.filter((id) => !seen.includes(id)).length
  expect({ repeats, gaps, inserted }).toEqual({ repeats: 0, gaps: 0, inserted: 50 })
  expect(seen).toEqual([...seen].sort().reverse())
  printCounts('A4', { rows: older.length, inserts: inserted, seen: seen.length, repeats, gaps })
})

test('a cursor of another list, or made up, is a problem', async () => {
  const page = projectPageSchema.parse(await (await person.request('/v1/projects?limit=1')).json())
  const cursor = page.next_cursor ?? ''
  const tampered = Buffer.from(`${newId()}.${Buffer.from(cursor, 'base64url').toString().split('.')[1]}`).toString(
    'base64url',
  )
  for (const [path, value] of [
    ['/v1/exports', cursor],
    ['/v1/projects', 'x'],
    ['/v1/projects', tampered],
  ]) {
    expect((await person.request(`${path}?cursor=${value}`)).status).toBe(422)
  }
  for (const limit of ['0', '101', '1.5', 'x', '1e9', '']) {
    expect((await person.request(`/v1/projects?limit=${limit}`)).status, limit).toBe(422)
  }
})
