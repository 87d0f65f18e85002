/** Uploads, as clients see them. */
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  problemSchema,
  projectEventPageSchema,
  projectSchema,
  uploadPageSchema,
  uploadSchema,
} from '@hero-image/client/contract'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertFile } from '../../src/files/insert-file.ts'
import { dropObject, putObject } from '../../src/files/put-object.ts'
import { removeStored } from '../../src/files/remove-stored.ts'
import { newId } from '../../src/keys/uuid.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'
import { author, drawPhoto, drawPicture } from './pictures.ts'

type Body = NonNullable<RequestInit['body']>

let hero: TestService
let person: Person
beforeAll(async () => {
  hero = await createTestService({ settings: { HERO_UPLOAD_MEGABYTES: '1', HERO_STORED_MEGABYTES: '2' } })
  person = await hero.createPerson()
})
afterAll(() => hero.close())

function send(
  body: Body,
  {
    query = '',
    type = 'image/png',
    key = newId(),
    as = person,
  }: { query?: string; type?: string; key?: string; as?: Person } = {},
): Promise<Response> {
  return as.request(`/v1/uploads${query}`, {
    method: 'POST',
    headers: { 'idempotency-key': key, ...(type === '' ? {} : { 'content-type': type }) },
    body,
  })
}

async function upload(body: Body, options: Parameters<typeof send>[1] = {}) {
  const response = await send(body, options)
  expect(response.status).toBe(201)
  return uploadSchema.parse(await response.json())
}

async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, problemSchema.parse(await response.json()).code]
}

test('a picture is taken, listed, read, given back as it was, and deleted', async () => {
  const png = await drawPicture('png')
  const sent = await upload(png, { query: '?name=Sommer%20%F0%9F%8F%96.png', type: 'image/jpeg' })
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

test('parts, HEAD, and files that the client has', async () => {
  const png = await drawPicture('png')
  const { id, sha256 } = await upload(png)
  const path = `/v1/uploads/${id}/content`
  const get = (headers: Record<string, string>, method = 'GET') => person.request(path, { method, headers })
  const last = png.length - 1
  for (const [range, start, end] of [
    ['bytes=0-9', 0, 9],
    ['bytes=10-', 10, last],
    ['bytes=-7', png.length - 7, last],
    [`bytes=5-${png.length + 100}`, 5, last],
    [`bytes=-${png.length + 100}`, 0, last],
  ] as const) {
    const part = await get({ range })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes ${start}-${end}/${png.length}`])
    expect(Buffer.from(await part.arrayBuffer())).toEqual(png.subarray(start, end + 1))
  }
  for (const range of [`bytes=${png.length}-`, 'bytes=-0']) {
    const outside = await get({ range })
    expect(outside.headers.get('content-range')).toBe(`bytes */${png.length}`)
    expect(await codeOf(outside)).toEqual([416, 'range-not-satisfiable'])
  }
  for (const range of ['bytes=9-5', 'bytes=-', 'lines=1-2', 'bytes=0-1,3-4']) {
    const whole = await get({ range })
    expect(whole.status).toBe(200)
    expect((await whole.arrayBuffer()).byteLength).toBe(png.length)
  }
  const etag = `"${sha256}"`
  for (const value of [etag, `"other", W/${etag}`, '*'])
    expect((await get({ 'if-none-match': value })).status).toBe(304)
  expect((await get({ range: 'bytes=0-1', 'if-range': etag })).status).toBe(206)
  expect((await get({ range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200)
  const head = await get({}, 'HEAD')
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(png.length), ''])
})

test('a form is taken, too', async () => {
  const form = new FormData()
  form.set('kind', 'mask')
  form.set('file', new File([await drawPicture('webp')], '../../etc/mask\u202e.webp', { type: 'text/html' }))
  expect(await upload(form, { type: '' })).toMatchObject({ kind: 'mask', name: 'mask.webp', media_type: 'image/webp' })

  const bad = new FormData()
  bad.set('file', new Blob([await drawPicture()]))
  bad.set('kind', 'weapon')
  bad.set('colour', 'red')
  const refused = await send(bad, { type: '' })
  expect(refused.status).toBe(422)
  const { errors = [] } = problemSchema.parse(await refused.json())
  expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/colour', '/kind'])

  const none = new FormData()
  none.set('kind', 'mask')
  expect(await codeOf(await send(none, { type: '' }))).toEqual([422, 'invalid-fields'])
  const two = new FormData()
  for (const name of ['file', 'other']) two.set(name, new Blob([await drawPicture()]), 'a.png')
  expect(await codeOf(await send(two, { type: '' }))).toEqual([422, 'invalid-fields'])
  for (const [type, body] of [
    ['multipart/form-data', 'x'],
    ['multipart/form-data; boundary=b', 'no form at all'],
    ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncut'],
  ] as const) {
    expect([415, 422]).toContain((await send(body, { type })).status)
  }
})

test('what cannot be taken is refused, and nothing stays', async () => {
  const before = await stored()
  const png = await drawPicture('png')
  const withoutKey = await person.request('/v1/uploads', {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    body: png,
  })
  expect(await codeOf(withoutKey)).toEqual([400, 'missing-idempotency-key'])
  expect(await codeOf(await send(png, { type: 'text/html' }))).toEqual([415, 'unsupported-media-type'])
  expect(await codeOf(await send(png, { query: '?kind=weapon' }))).toEqual([422, 'invalid-fields'])
  expect(await codeOf(await send(png, { query: '?project_id=prj_0198c2d7f0b17c7e9d3b0f4a6c1e2d3f' }))).toEqual([
    404,
    'not-found',
  ])
  expect(await codeOf(await send(png.subarray(0, 300)))).toEqual([422, 'undecodable-image'])
  expect(await codeOf(await send(Buffer.alloc(0)))).toEqual([422, 'undecodable-image'])
  expect(await codeOf(await send('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toEqual([422, 'undecodable-image'])
  expect(await codeOf(await send(Buffer.alloc(1_000_001)))).toEqual([413, 'payload-too-large'])
  const form = new FormData()
  form.set('file', new Blob([Buffer.alloc(1_000_001)]), 'large.png')
  expect(await codeOf(await send(form, { type: '' }))).toEqual([413, 'payload-too-large'])
  await hero.service.db.selectFrom('storage_removal').selectAll().execute()
  await removeStored(hero.service)
  expect(await stored()).toEqual(before)
  expect(await readdir(join(hero.service.settings.HERO_DATA_DIR, 'incoming'))).toEqual([])
})

test('a wish with the same key happens once', async () => {
  const key = newId()
  const jpeg = await drawPicture('jpeg')
  const before = await stored()
  const answers = await Promise.all(Array.from({ length: 10 }, () => send(jpeg, { key })))
  const bodies = await Promise.all(answers.map((answer) => answer.json()))
  expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
  expect(answers.filter(({ headers }) => headers.has('idempotency-replayed'))).toHaveLength(9)
  expect(await codeOf(await send(await drawPicture('png'), { key }))).toEqual([422, 'idempotency-key-reused'])
  await removeStored(hero.service)
  expect((await stored()).length).toBe(before.length + 1)
})

test('uploads of others are not there', async () => {
  const { id } = await upload(await drawPicture())
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
  const { id, project_id } = await upload(await drawPicture(), { query: `?project_id=${project.id}&name=a.png` })
  expect(project_id).toBe(project.id)
  const page = uploadPageSchema.parse(await (await person.request(`/v1/uploads?project_id=${project.id}`)).json())
  expect(page.data.map((entry) => entry.id)).toEqual([id])
  await person.request(`/v1/uploads/${id}`, { method: 'DELETE' })
  const history = projectEventPageSchema.parse(
    await (await person.request(`/v1/projects/${project.id}/history`)).json(),
  )
  expect(history.data.map(({ type }) => type)).toEqual(['upload.deleted', 'upload.added', 'project.created'])
})

test('an account keeps so much and no more, also when uploads come together', async () => {
  const as = await hero.createPerson()
  const large = await sharp(
    Buffer.from(Array.from({ length: 420 * 420 * 3 }, (_, index) => (index * 2654435761) >>> 24)),
    {
      raw: { width: 420, height: 420, channels: 3 },
    },
  )
    .png({ compressionLevel: 0 })
    .toBuffer()
  expect(large.length).toBeGreaterThan(510_000)
  const answers = await Promise.all(Array.from({ length: 8 }, () => send(large, { as })))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(Math.floor(2_000_000 / large.length))
  const refused = answers.filter(({ status }) => status !== 201)
  expect(await Promise.all(refused.map(codeOf))).toEqual(refused.map(() => [429, 'limit-reached']))
})

test('objects go with their rows, whatever takes the rows away', async () => {
  const as = await hero.createPerson()
  await upload(await drawPicture(), { as })
  const project = projectSchema.parse(await (await as.post('/v1/projects', { name: 'P' })).json())
  await upload(await drawPicture(), { as, query: `?project_id=${project.id}` })
  await removeStored(hero.service)
  const before = await stored()
  await hero.service.db.deleteFrom('project').where('user_id', '=', as.userId).execute()
  await hero.service.db.deleteFrom('user').where('id', '=', as.userId).execute()
  expect(await removeStored(hero.service)).toEqual({ removed: 2, failed: 0 })
  expect((await stored()).length).toBe(before.length - 2)
  expect(await removeStored(hero.service)).toEqual({ removed: 0, failed: 0 })
})

test('what a row names is never removed', async () => {
  const { service } = hero
  const options = { mediaType: 'image/png', storageKey: 'results/of-a-job' }
  const object = await putObject(service, await drawPicture(), options)
  const file = { object, userId: person.userId, kind: 'output', at: hero.clock.now() } as const
  await service.db.transaction().execute((trx) => insertFile(trx, file))
  // The same work, done again after a crash, finds its row there.
  const again = await putObject(service, await drawPicture(), options)
  await expect(service.db.transaction().execute((trx) => insertFile(trx, { ...file, object: again }))).rejects.toThrow()
  await dropObject(service, again)
  expect((await removeStored(service)).failed).toBe(0)
  expect(await service.storage.head(options.storageKey)).toBeDefined()
  expect(await service.db.selectFrom('storage_removal').selectAll().execute()).toEqual([])
})

test('an object whose row never came goes after a day, and the row cannot come later', async () => {
  const { service } = hero
  const object = await putObject(service, await drawPicture(), { mediaType: 'image/png' })
  expect(await removeStored(service)).toEqual({ removed: 0, failed: 0 })
  hero.clock.advance(25 * 3_600_000)
  expect(await removeStored(service)).toEqual({ removed: 1, failed: 0 })
  const file = { object, userId: person.userId, kind: 'output', at: hero.clock.now() } as const
  await expect(service.db.transaction().execute((trx) => insertFile(trx, file))).rejects.toThrow('has been removed')
})

test('an object that storage does not let go of is tried again later', async () => {
  const { db, storage, clock, log } = hero.service
  await db
    .insertInto('storage_removal')
    .values({ storage_key: 'files/stuck', due_at: new Date(0) })
    .execute()
  const stuck = { ...storage, remove: () => Promise.reject(new Error('no')) }
  expect(await removeStored({ db, storage: stuck, clock, log })).toEqual({ removed: 0, failed: 1 })
  expect(await removeStored(hero.service)).toEqual({ removed: 0, failed: 0 })
  hero.clock.advance(11 * 60_000)
  expect(await removeStored(hero.service)).toEqual({ removed: 1, failed: 0 })
})

test('U3 the picture of an account is square and drawn anew: nothing of the photo is left but its pixels', async () => {
  const photo = await drawPhoto()
  expect(photo.includes(author)).toBe(true)
  expect((await sharp(photo).metadata()).exif?.includes(author)).toBe(true)
  const set = (body: Body, type = 'image/jpeg') =>
    person.request('/v1/me/avatar', { method: 'PUT', headers: { 'content-type': type }, body })
  expect((await person.request('/v1/me/avatar')).status).toBe(404)
  expect((await set(photo)).status).toBe(204)
  expect((await set(await drawPhoto())).status).toBe(204)
  const response = await person.request('/v1/me/avatar')
  expect(response.headers.get('content-type')).toBe('image/webp')
  expect(response.headers.get('content-disposition')).toMatch(/^inline;/)
  const avatar = Buffer.from(await response.arrayBuffer())
  const facts = await sharp(avatar).metadata()
  expect(facts).toMatchObject({ width: 256, height: 256, format: 'webp' })
  expect([facts.exif, facts.xmp, facts.iptc, facts.icc, avatar.includes(author)]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    false,
  ])
  expect(await codeOf(await set('no picture'))).toEqual([422, 'undecodable-image'])
  expect((await person.request('/v1/me/avatar', { method: 'DELETE' })).status).toBe(204)
  expect((await person.request('/v1/me/avatar')).status).toBe(404)
})

async function stored(): Promise<string[]> {
  const keys: string[] = []
  for await (const key of hero.service.storage.list('')) keys.push(key)
  return keys.sort()
}
