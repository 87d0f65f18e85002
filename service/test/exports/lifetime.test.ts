/** Exports end: by hand, by time, with their project. */
import { exportPageSchema, exportSchema, projectEventPageSchema } from '@hero-image/client/contract'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { sweepExports } from '../../src/exports/sweep.ts'
import { insertFile } from '../../src/files/insert-file.ts'
import { putObject } from '../../src/files/put-object.ts'
import { fromWireId } from '../../src/keys/uuid.ts'
import { ask, contentOf, decide, hero, makeFull, makeProject, perform, person, read, upload } from './exporter.ts'

const day = 86_400_000

test('exports are listed, and end: deleted by hand, forgotten after seven days, gone with their project', async () => {
  const { id } = await makeFull()
  const first = await ask({ project_id: id, kind: 'json' })
  const second = await ask({ project_id: id, kind: 'css' })
  for (const wish of [first, second]) await perform(wish.id)
  const list = async () =>
    exportPageSchema
      .parse(await (await person.request(`/v1/exports?project_id=${id}`)).json())
      .data.map((each) => each.id)
  expect(await list()).toEqual([second.id, first.id])
  expect((await person.request(`/v1/exports/${second.id}`, { method: 'DELETE' })).status).toBe(204)
  expect(await list()).toEqual([first.id])
  const history = projectEventPageSchema.parse(
    await (await person.request(`/v1/projects/${id}/history?limit=2`)).json(),
  )
  expect(history.data[0]).toMatchObject({ type: 'export.deleted', data: { export_id: second.id, kind: 'css' } })

  await person.request(`/v1/projects/${id}`, { method: 'DELETE' })
  expect(await list()).toEqual([])
  expect((await person.request(`/v1/exports/${first.id}`)).status).toBe(404)
  await person.request(`/v1/projects/${id}/restore`, { method: 'POST' })
  await contentOf(first.id)

  hero.clock.advance(7 * day)
  await sweepExports(hero.service)
  expect((await person.request(`/v1/exports/${first.id}/content`)).status).toBe(404)
  expect(await read(first.id)).toMatchObject({ state: 'succeeded', bytes: null })
})

test('an export that is deleted while its content arrives leaves no content; deleted twice at once, it is gone once', async () => {
  const { db } = hero.service
  const project = await makeProject()
  const photo = await upload(project.id, 'a.jpg')
  await decide(project.id, { [photo.id]: { alt: '' } })
  const wish = { project_id: project.id, kind: 'css' }
  const { id } = exportSchema.parse(await (await person.post('/v1/exports', wish)).json())
  const exportId = fromWireId('export', id) ?? ''
  const remove = () => person.request(`/v1/exports/${id}`, { method: 'DELETE' })
  const deletions = await db.transaction().execute(async (trx) => {
    // What an attempt does that has just stored the content.
    const object = await putObject(hero.service, Buffer.from('css'), { mediaType: 'text/css' })
    const file = await insertFile(trx, { object, userId: person.userId, kind: 'export', at: hero.clock.now() })
    await trx.updateTable('export').set({ state: 'succeeded', file_id: file.id }).where('id', '=', exportId).execute()
    const both = [remove(), remove()]
    await vi.waitFor(async () => {
      const { rows } = await sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
      expect(rows).toHaveLength(2)
    }, 20_000)
    return both
  })
  expect((await Promise.all(deletions)).map(({ status }) => status).sort()).toEqual([204, 404])
  const left = await db
    .selectFrom('file')
    .select('id')
    .where('kind', '=', 'export')
    .where('user_id', '=', person.userId)
    .execute()
  expect(left).toEqual([])
})
