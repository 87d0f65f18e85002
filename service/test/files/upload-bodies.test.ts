/** What is taken as an upload, how much of it, and what is refused. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { problemSchema } from '@hero-image/client/contract'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeStored } from '../../src/files/remove-stored.ts'
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

test('a form is taken, too', async () => {
  const form = new FormData()
  form.set('kind', 'mask')
  form.set('file', new File([await drawPicture('webp')], '../../etc/mask\u202e.webp', { type: 'text/html' }))
  expect(await upload(person, form, { type: '' })).toMatchObject({
    kind: 'mask',
    name: 'mask.webp',
    media_type: 'image/webp',
  })

  const bad = new FormData()
  bad.set('file', new Blob([await drawPicture()]))
  bad.set('kind', 'weapon')
  bad.set('colour', 'red')
  const refused = await sendUpload(person, bad, { type: '' })
  expect(refused.status).toBe(422)
  const { errors = [] } = problemSchema.parse(await refused.json())
  expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/colour', '/kind'])

  const none = new FormData()
  none.set('kind', 'mask')
  expect(await codeOf(await sendUpload(person, none, { type: '' }))).toEqual([422, 'invalid-fields'])
  const two = new FormData()
  for (const name of ['file', 'other']) two.set(name, new Blob([await drawPicture()]), 'a.png')
  expect(await codeOf(await sendUpload(person, two, { type: '' }))).toEqual([422, 'invalid-fields'])
  for (const [type, body] of [
    ['multipart/form-data', 'x'],
    ['multipart/form-data; boundary=b', 'no form at all'],
    ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncut'],
  ] as const) {
    expect([415, 422]).toContain((await sendUpload(person, body, { type })).status)
  }
})

test('what cannot be taken is refused, and nothing stays', async () => {
  const before = await storedKeys(hero.service)
  const png = await drawPicture('png')
  const withoutKey = await person.request('/v1/uploads', {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    body: png,
  })
  expect(await codeOf(withoutKey)).toEqual([400, 'missing-idempotency-key'])
  expect(await codeOf(await sendUpload(person, png, { type: 'text/html' }))).toEqual([415, 'unsupported-media-type'])
  expect(await codeOf(await sendUpload(person, png, { query: '?kind=weapon' }))).toEqual([422, 'invalid-fields'])
  expect(
    await codeOf(await sendUpload(person, png, { query: '?project_id=prj_0198c2d7f0b17c7e9d3b0f4a6c1e2d3f' })),
  ).toEqual([404, 'not-found'])
  expect(await codeOf(await sendUpload(person, png.subarray(0, 300)))).toEqual([422, 'undecodable-image'])
  expect(await codeOf(await sendUpload(person, Buffer.alloc(0)))).toEqual([422, 'undecodable-image'])
  expect(await codeOf(await sendUpload(person, '<svg xmlns="http://www.w3.org/2000/svg"/>'))).toEqual([
    422,
    'undecodable-image',
  ])
  expect(await codeOf(await sendUpload(person, Buffer.alloc(1_000_001)))).toEqual([413, 'payload-too-large'])
  const form = new FormData()
  form.set('file', new Blob([Buffer.alloc(1_000_001)]), 'large.png')
  expect(await codeOf(await sendUpload(person, form, { type: '' }))).toEqual([413, 'payload-too-large'])
  await hero.service.db.selectFrom('storage_removal').selectAll().execute()
  await removeStored(hero.service)
  expect(await storedKeys(hero.service)).toEqual(before)
  expect(await readdir(join(hero.service.settings.HERO_DATA_DIR, 'incoming'))).toEqual([])
})

test.each(['before', 'behind'])('a form has no endless text %s its parts', async (place) => {
  const head = Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n')
  const form = Buffer.concat([head, await drawPicture('png'), Buffer.from('\r\n--b--\r\n')])
  let taken = 0
  function* chunks() {
    if (place === 'behind') yield form
    for (let count = 0; count < 200; count += 1) yield Buffer.alloc(65_536, 'x')
    if (place === 'before') yield form
  }
  const parts = chunks()
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = parts.next()
      if (done) return controller.close()
      taken += value?.length ?? 0
      controller.enqueue(value)
    },
  })
  const response = await person.request('/v1/uploads', {
    method: 'POST',
    headers: { 'idempotency-key': crypto.randomUUID(), 'content-type': 'multipart/form-data; boundary=b' },
    body,
    duplex: 'half',
  })
  expect({ status: response.status, isCut: taken < 2_000_000 }).toEqual({ status: 413, isCut: true })
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
  const answers = await Promise.all(Array.from({ length: 8 }, () => sendUpload(as, large)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(Math.floor(2_000_000 / large.length))
  const refused = answers.filter(({ status }) => status !== 201)
  expect(await Promise.all(refused.map(codeOf))).toEqual(refused.map(() => [429, 'limit-reached']))
})
