/** Projects: made, changed by one person at a time, deleted with their files, restored, and remembered. */
import { problemSchema, projectEventPageSchema, projectPageSchema, projectSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromWireId, newId, toWireId } from '../../src/keys/uuid.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'

const day = 86_400_000
let hero: TestService
let person: Person
beforeAll(async () => {
  hero = await createTestService()
})
afterAll(() => hero.close())

async function newPerson(): Promise<void> {
  person = await hero.createPerson()
}
beforeAll(newPerson)

test('an account has no endless number of projects', async () => {
  const ada = await hero.createPerson()
  const make = async (count: number): Promise<void> => {
    const rows = Array.from({ length: count }, () => ({
      id: newId(),
      user_id: ada.userId,
      name: 'One of many',
      settings: '{}',
      created_at: hero.clock.now(),
      updated_at: hero.clock.now(),
      deleted_at: null,
    }))
    await hero.service.db.insertInto('project').values(rows).execute()
  }
  const ask = async (): Promise<number> => (await ada.post('/v1/projects', { name: 'One more' })).status
  await make(1999)
  expect(await ask()).toBe(201)
  const refused = await ada.post('/v1/projects', { name: 'One too many' })
  expect({ status: refused.status, code: problemSchema.parse(await refused.json()).code }).toEqual({
    status: 429,
    code: 'limit-reached',
  })
  // Whoever makes room has it at once, but not all day long: what is deleted stays for some days.
  const { db } = hero.service
  await db.updateTable('project').set({ deleted_at: hero.clock.now() }).where('user_id', '=', ada.userId).execute()
  expect(await ask()).toBe(201)
  await db.updateTable('rate_bucket').set({ count: 1000 }).where('kind', '=', 'project').execute()
  expect(await ask()).toBe(429)
  await db.deleteFrom('rate_bucket').where('kind', '=', 'project').execute()
})

async function makeProject(body: object = { name: 'Spring' }) {
  const response = await person.post('/v1/projects', body)
  expect(response.status).toBe(201)
  return projectSchema.parse(await response.json())
}

function patch(id: string, body: unknown, ifMatch?: string): Promise<Response> {
  return person.request(`/v1/projects/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) },
    body: JSON.stringify(body),
  })
}

/** Puts a file into a project, with nothing in storage: rows are all that counts here. */
async function addFile(project: string, deletedAt: Date | null = null): Promise<string> {
  const id = newId()
  await hero.service.db
    .insertInto('file')
    .values({
      id,
      user_id: person.userId,
      project_id: fromWireId('project', project) ?? '',
      kind: 'source',
      name: 'lake.jpg',
      sha256: Buffer.alloc(32),
      bytes: 1,
      media_type: 'image/jpeg',
      storage_key: `test/${id}`,
      deleted_at: deletedAt,
    })
    .execute()
  return id
}

async function problemOf(response: Response) {
  return problemSchema.parse(await response.json())
}

describe('a project', () => {
  test('is made, read and listed, newest first', async () => {
    await newPerson()
    const first = await makeProject({ name: '  First  ' })
    const second = await makeProject({ name: 'Second', settings: { formats: ['webp'] } })
    expect(first).toMatchObject({ name: 'First', settings: {}, version: 1, deleted_at: null })
    const got = await person.request(`/v1/projects/${second.id}`)
    expect(got.headers.get('etag')).toBe('"1"')
    expect(projectSchema.parse(await got.json())).toEqual(second)
    const list = projectPageSchema.parse(await (await person.request('/v1/projects?limit=1')).json())
    expect(list.data).toEqual([second])
    const rest = await person.request(`/v1/projects?limit=1&cursor=${list.next_cursor}`)
    expect(projectPageSchema.parse(await rest.json())).toEqual({ data: [first], next_cursor: null })
  })

  test('of somebody else is not found, and neither is what is no identifier', async () => {
    const { id } = await makeProject()
    const other = await hero.createPerson()
    for (const path of [id, `${id}/history`, 'prj_x', 'x', toWireId('project', newId()), id.replace('prj', 'upl')]) {
      expect((await other.request(`/v1/projects/${path}`)).status).toBe(404)
    }
    expect((await other.request(`/v1/projects/${id}`, { method: 'DELETE' })).status).toBe(404)
    expect((await person.request(`/v1/projects/${id}`)).status).toBe(200)
  })

  test('takes no unknown field, no empty name, and says where', async () => {
    const response = await person.post('/v1/projects', { name: ' ', colour: 'red', settings: { format: ['webp'] } })
    expect(response.status).toBe(422)
    expect((await problemOf(response)).errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/colour',
      '/name',
      '/settings/format',
    ])
  })
})

describe('export settings', () => {
  test.each([
    { settings: { crops: [{ name: 'a', ratio: '16:x' }] }, pointer: '/settings/crops/0/ratio' },
    {
      settings: {
        crops: [
          { name: 'a', ratio: 2, media: '(min-width 1px' },
          { name: 'b', ratio: 1 },
        ],
      },
      pointer: '/settings/crops/0/media',
    },
    {
      settings: {
        crops: [
          { name: 'a', ratio: 2 },
          { name: 'b', ratio: 1 },
        ],
      },
      pointer: '/settings/crops/0/media',
    },
    { settings: { crops: [{ name: 'a', ratio: 2, media: 'print' }] }, pointer: '/settings/crops/0/media' },
    {
      settings: {
        crops: [
          { name: 'a', ratio: 2, media: 'print' },
          { name: 'a', ratio: 1 },
        ],
      },
      pointer: '/settings/crops/1/name',
    },
    { settings: { crops: [{ name: 'a', ratio: 1, sizes: '100qq' }] }, pointer: '/settings/crops/0/sizes' },
    { settings: { crops: [{ name: '1', ratio: 1 }] }, pointer: '/settings/crops/0/name' },
    { settings: { sizes: 'wide' }, pointer: '/settings/sizes' },
    { settings: { formats: ['bmp'] }, pointer: '/settings/formats/0' },
    { settings: { quality: { avif: 101 } }, pointer: '/settings/quality' },
    {
      settings: { photos: { [toWireId('upload', newId())]: { alt: 'A lake' } } },
      pointer: /^\/settings\/photos\/upl_/,
    },
  ])('at fault are told: $pointer', async ({ settings, pointer }) => {
    const response = await person.post('/v1/projects', { name: 'x', settings })
    expect(response.status).toBe(422)
    const { errors = [] } = await problemOf(response)
    expect(errors.map((error) => error.pointer)).toContainEqual(
      typeof pointer === 'string' ? expect.stringContaining(pointer) : expect.stringMatching(pointer),
    )
  })

  test('keep the order of crops', async () => {
    const crops = [
      { name: 'zebra', ratio: '2:1', media: '(min-width: 64rem)', text: 'left', widths: [640, 1280] },
      { name: 'a', ratio: 1.5, media: '(min-width: 640px)' },
      { name: 'middle', ratio: 'source', zoom: 0.8 },
    ]
    const { id } = await makeProject({ name: 'Order', settings: { crops, quality: { avif: 50, jpeg: 80 } } })
    const read = projectSchema.parse(await (await person.request(`/v1/projects/${id}`)).json())
    expect(read.settings.crops).toEqual(crops)
  })

  test('speak of uploads of the project only, and of crops it has', async () => {
    const { id } = await makeProject()
    const upload = toWireId('upload', await addFile(id))
    const decide = (decisions: object): Promise<Response> =>
      patch(id, { settings: { photos: { [upload]: decisions } } }, '*')
    expect(
      (
        await decide({
          alt: 'A lake',
          focus: { x: 0.5, y: 0.2 },
          crops: { wide: { x: 0, y: 0, width: 1, height: 0.5 } },
        })
      ).status,
    ).toBe(200)
    const stranger = await decide({ crops: { panorama: { x: 0, y: 0, width: 1, height: 0.5 } } })
    expect(stranger.status).toBe(422)
    expect((await problemOf(stranger)).errors).toEqual([
      { pointer: `/settings/photos/${upload}`, detail: expect.stringContaining("'panorama'") },
    ])
    expect((await decide({ limits: { x: 0.5, y: 0, width: 1, height: 0.5 } })).status).toBe(422)
  })
})

describe('changes', () => {
  test('need If-Match, and lose against one that came before', async () => {
    const { id } = await makeProject()
    expect((await patch(id, { name: 'x' })).status).toBe(428)
    const changed = await patch(id, { name: 'Mine' }, '"1"')
    expect(changed.headers.get('etag')).toBe('"2"')
    const late = await patch(id, { name: 'Yours' }, '"1"')
    expect(late.status).toBe(412)
    expect(late.headers.get('etag')).toBe('"2"')
    expect(await problemOf(late)).toMatchObject({ code: 'precondition-failed' })
    expect((await patch(id, { name: 'Yours' }, 'W/"2"')).status).toBe(412)
    expect((await patch(id, { name: 'Yours' }, '"1", "2"')).status).toBe(200)
    expect((await patch(id, { name: 'Anybody' }, '*')).status).toBe(200)
  })

  test('of twenty at once with one version, one counts', async () => {
    const { id } = await makeProject()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => patch(id, { name: `Name ${index}` }, '"1"')),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(412)])
  })

  test('that change nothing make no version', async () => {
    const { id } = await makeProject({ name: 'Same', settings: { formats: ['webp'] } })
    expect((await patch(id, {}, '*')).status).toBe(422)
    const same = await patch(id, { name: 'Same', settings: { formats: ['webp'] } }, '*')
    expect(projectSchema.parse(await same.json()).version).toBe(1)
  })
})

describe('deleting', () => {
  test('takes the files along, restoring brings back those and no others', async () => {
    const { id } = await makeProject()
    const kept = await addFile(id)
    const gone = await addFile(id, new Date(hero.clock.now().getTime() - day))
    expect((await person.request(`/v1/projects/${id}`, { method: 'DELETE' })).status).toBe(204)
    for (const path of ['', '/history']) expect((await person.request(`/v1/projects/${id}${path}`)).status).toBe(404)
    expect((await patch(id, { name: 'x' }, '*')).status).toBe(404)
    expect((await person.request(`/v1/projects/${id}`, { method: 'DELETE' })).status).toBe(404)
    const deletedAt = async (file: string): Promise<Date | null> =>
      (await hero.service.db.selectFrom('file').select('deleted_at').where('id', '=', file).executeTakeFirstOrThrow())
        .deleted_at
    expect(await deletedAt(kept)).not.toBeNull()
    const deleted = projectPageSchema.parse(await (await person.request('/v1/projects?deleted=true')).json())
    expect(deleted.data).toMatchObject([{ id, deleted_at: expect.any(String) }])
    const restored = await person.request(`/v1/projects/${id}/restore`, { method: 'POST' })
    expect(projectSchema.parse(await restored.json())).toMatchObject({ id, deleted_at: null, version: 3 })
    expect(await deletedAt(kept)).toBeNull()
    expect(await deletedAt(gone)).not.toBeNull()
    const again = await person.request(`/v1/projects/${id}/restore`, { method: 'POST' })
    expect(projectSchema.parse(await again.json()).version).toBe(3)
  })

  test('is for good after seven days', async () => {
    const { id } = await makeProject()
    await person.request(`/v1/projects/${id}`, { method: 'DELETE' })
    hero.clock.advance(7 * day - 1)
    const list = async () =>
      projectPageSchema.parse(await (await person.request('/v1/projects?deleted=true')).json()).data.map((p) => p.id)
    expect(await list()).toContain(id)
    hero.clock.advance(1)
    expect(await list()).not.toContain(id)
    expect((await person.request(`/v1/projects/${id}/restore`, { method: 'POST' })).status).toBe(404)
  })
})

test('the history tells what happened, newest first', async () => {
  const { id } = await makeProject({ name: 'One' })
  await patch(id, { name: 'Two', settings: { placeholder: false, formats: ['jpeg'] } }, '*')
  await person.request(`/v1/projects/${id}`, { method: 'DELETE' })
  await person.request(`/v1/projects/${id}/restore`, { method: 'POST' })
  const page = projectEventPageSchema.parse(await (await person.request(`/v1/projects/${id}/history`)).json())
  expect(page.data.map(({ type, data }) => ({ type, data }))).toEqual([
    { type: 'project.restored', data: {} },
    { type: 'project.deleted', data: {} },
    { type: 'project.settings-changed', data: { fields: ['formats', 'placeholder'] } },
    { type: 'project.renamed', data: { from: 'One', to: 'Two' } },
    { type: 'project.created', data: { name: 'One' } },
  ])
})
