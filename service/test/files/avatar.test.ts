/** The picture of an account. */
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestService, type Person, type TestService } from '../harness/service.ts'
import { author, drawPhoto } from './pictures.ts'
import { codeOf } from './send-upload.ts'

let hero: TestService
let person: Person
beforeAll(async () => {
  hero = await createTestService({ settings: { HERO_UPLOAD_MEGABYTES: '1', HERO_STORED_MEGABYTES: '2' } })
  person = await hero.createPerson()
})
afterAll(() => hero.close())

test('U3 the picture of an account is square and drawn anew: nothing of the photo is left but its pixels', async () => {
  const photo = await drawPhoto()
  expect(photo.includes(author)).toBe(true)
  expect((await sharp(photo).metadata()).exif?.includes(author)).toBe(true)
  const set = (body: NonNullable<RequestInit['body']>, type = 'image/jpeg') =>
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
