/** People who are erased in the middle of everything: uploads, generations, exports and messages are under way, workers work, the jobs run over and over. */

import { projectSchema, uploadSchema } from '@hero-image/client/contract'
import { sql } from 'kysely'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { runErasures } from '../src/privacy/erasure/run.ts'
import { printCounts } from '../test/harness/counts.ts'
import { createTestService, type Person, type TestService } from '../test/harness/service.ts'
import { signIn } from '../test/harness/sessions.ts'
import { countRows } from '../test/privacy/count-rows.ts'
import { runJob } from '../test/privacy/seed.ts'

const people = 8

/** Works until the account is gone. Gives the statuses of all answers. */
async function useEverything(person: Person, photo: Uint8Array, statuses: number[]): Promise<void> {
  const note = (response: Response): Response => {
    statuses.push(response.status)
    return response
  }
  for (let turn = 0; turn < 60; turn++) {
    const made = note(await person.post('/v1/projects', { name: 'In the middle' }))
    if (made.status === 401) return
    if (!made.ok) continue
    const project = projectSchema.parse(await made.json())
    const headers = { 'content-type': 'image/png', 'idempotency-key': `${person.userId} ${turn}` }
    const sent = note(
      await person.request(`/v1/uploads?project_id=${project.id}`, { method: 'POST', headers, body: photo }),
    )
    if (!sent.ok) continue
    const upload = uploadSchema.parse(await sent.json())
    const rest = [
      person.post('/v1/generations', {
        operation: 'extend',
        upload_id: upload.id,
        ratio: '2:1',
        provider: 'local',
        project_id: project.id,
      }),
      person.post('/v1/exports', { project_id: project.id, kind: 'json' }),
      person.post('/v1/support', { subject: 'In the middle', body: 'of everything' }),
      person.request(`/v1/projects/${project.id}`, { method: 'DELETE' }),
    ]
    for (const response of await Promise.all(rest)) note(response)
  }
}

async function leave(hero: TestService, person: Person): Promise<void> {
  const browser = await signIn(hero, person)
  await browser.post('/v1/me/export', {})
  expect((await browser.request('/v1/me', { method: 'DELETE' })).status).toBe(202)
}

test('V2 people who are erased in the middle of everything leave nothing', async () => {
  const hero = await createTestService({ settings: { HERO_ERASURE_GRACE_DAYS: '0' } })
  const { service } = hero
  await hero.work()
  const photo = new Uint8Array(
    await sharp({ create: { width: 90, height: 60, channels: 3, background: 'teal' } })
      .png()
      .toBuffer(),
  )
  const statuses: number[] = []
  const persons = await Promise.all(Array.from({ length: people }, () => hero.createPerson()))
  const busy = persons.map((person) => useEverything(person, photo, statuses))
  let runs = 0
  let failedRuns = 0
  for (const person of persons) {
    // Each after some more answers.
    const wanted = statuses.length + 10
    while (statuses.length < wanted) await new Promise((resolve) => setImmediate(resolve))
    await leave(hero, person)
    await runErasures(service).catch(() => {
      failedRuns += 1
    })
    runs += 1
  }
  await Promise.all(busy)
  // What waits for a day was put into storage and never got a row.
  hero.clock.advance(2 * 86_400_000)
  await runErasures(service)
  await service.queue.stop(30)
  await runJob(hero, 'remove-stored', {})

  for (const { userId } of persons) {
    expect(Object.values(await countRows(hero, userId)).every((count) => count === 0)).toBe(true)
  }
  const objects: string[] = []
  for await (const key of service.storage.list('')) objects.push(key)
  expect(objects.filter((key) => !key.startsWith('erasures/'))).toEqual([])
  expect(objects).toHaveLength(people)
  const { rows } = await sql<{ sum: number | string }>`select coalesce(sum(amount), 0) as sum from entry`.execute(
    service.db,
  )
  expect(Number(rows[0]?.sum)).toBe(0)
  const byStatus: Record<string, number> = {}
  for (const status of statuses) byStatus[`s${status}`] = (byStatus[`s${status}`] ?? 0) + 1
  printCounts('V2 in the middle', { people, runs, failedRuns, ...byStatus })
  // What went wrong stands in the log, which says more than a status.
  expect(hero.logLines.filter((line) => line.includes('"status":500'))).toEqual([])
  expect(statuses.filter((status) => status >= 500)).toEqual([])
  await hero.close()
})
