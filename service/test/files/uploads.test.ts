/** Uploads, as clients see them. */
import { createHash } from 'node:crypto'
import { projectEventPageSchema, projectSchema, uploadPageSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeStored } from '../../src/files/remove-stored.ts'
import { newId } from '../../src/keys/uuid.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'
import { drawPicture } from './pictures.ts'
import { codeOf, sendUpload, storedKeys, upload } from './send-upload.ts'

let hero: TestService
let person: Person
beforeAll(async () => {
  hero = await createTestService({ settings: { HERO_UPLOAD_MEGABYTES: '1', HERO_STORED_MEGABYTES: '2' } })
  person = await hero.createPerson()
})
afterAll(() => hero.close())

test('a picture is taken, listed, read, given back as it was, and deleted', async () => {
  const png = await drawPicture('png')
  const sent = await upload(person, png, { query: '?name=Sommer%20%F0%9F%8F%96.png', type: 'image/jpeg' })
  expect(sent).toMatchObject({
    kind: 'source',
    project_id: null,
    name: 'Sommer 🏖.png',
    media_type: 'image/png',
    width: 48,
    height: 32,
    bytes: png.length,
    sha256: createHash('sha256').update(png).digest('hex'),
  })
  expect(await (await person.request(`/v1/uploads/${sent.id}`)).json()).toEqual(sent)
  const page = uploadPageSchema.parse(await (await person.request('/v1/uploads?kind=source&limit=1')).json())
  expect(page.data).toEqual([sent])

  const content = await person.request(`/v1/uploads/${sent.id}/content`)
  expect(Buffer.from(await content.arrayBuffer())).toEqual(png)
  expect(Object.fromEntries(content.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': String(png.length),
    'content-disposition': 'attachment; filename="Sommer_.png"; filename*=UTF-8\'\'Sommer%20%F0%9F%8F%96.png',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
    'accept-ranges': 'bytes',
  })

  expect((await person.request(`/v1/uploads/${sent.id}`, { method: 'DELETE' })).status).toBe(204)
  for (const path of [`/v1/uploads/${sent.id}`, `/v1/uploads/${sent.id}/content`]) {
    expect((await person.request(path)).status).toBe(404)
  }
  expect((await person.request(`/v1/uploads/${sent.id}`, { method: 'DELETE' })).status).toBe(404)
})

test('a wish with the same key happens once', async () => {
  const key = newId()
  const jpeg = await drawPicture('jpeg')
  const before = await storedKeys(hero.service)
  const answers = await Promise.all(Array.from({ length: 10 }, () => sendUpload(person, jpeg, { key })))
  const bodies = await Promise.all(answers.map((answer) => answer.json()))
  expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
  expect(answers.filter(({ headers }) => headers.has('idempotency-replayed'))).toHaveLength(9)
  expect(await codeOf(await sendUpload(person, await drawPicture('png'), { key }))).toEqual([
    422,
    'idempotency-key-reused',
  ])
  await removeStored(hero.service)
  expect((await storedKeys(hero.service)).length).toBe(before.length + 1)
})

test('uploads of others are not there', async () => {
  const { id } = await upload(person, await drawPicture())
  const other = await hero.createPerson()
  for (const [method, path] of [
    ['GET', `/v1/uploads/${id}`],
    ['GET', `/v1/uploads/${id}/content`],
    ['DELETE', `/v1/uploads/${id}`],
    ['GET', '/v1/uploads/upl_1'],
  ] as const) {
    expect((await other.request(path, { method })).status).toBe(404)
  }
  expect(await (await other.request('/v1/uploads')).json()).toEqual({ data: [], next_cursor: null })
})

test('uploads belong to a project, whose history tells of them', async () => {
  const project = projectSchema.parse(await (await person.post('/v1/projects', { name: 'Beach' })).json())
  const { id, project_id } = await upload(person, await drawPicture(), {
    query: `?project_id=${project.id}&name=a.png`,
  })
  expect(project_id).toBe(project.id)
  const page = uploadPageSchema.parse(await (await person.request(`/v1/uploads?project_id=${project.id}`)).json())
  expect(page.data.map((entry) => entry.id)).toEqual([id])
  await person.request(`/v1/uploads/${id}`, { method: 'DELETE' })
  const history = projectEventPageSchema.parse(
    await (await person.request(`/v1/projects/${project.id}/history`)).json(),
  )
  expect(history.data.map(({ type }) => type)).toEqual(['upload.deleted', 'upload.added', 'project.created'])
})
