/** The whole way with nothing but this machine: the local provider. */
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestService, type Person, type TestService } from '../harness/service.ts'
import { createPhoto, ended, putPicture, start } from './studio.ts'

let hero: TestService
let person: Person
beforeAll(async () => {
  hero = await createTestService()
  await hero.work()
  person = await hero.createPerson()
})
afterAll(() => hero.close())

test('a photo is extended to a ratio, costs nothing, and is in the result pixel by pixel', async () => {
  const photo = await createPhoto(48, 32)
  const upload_id = await putPicture(hero.service, person.userId, photo)
  const queued = await start(person, { operation: 'extend', upload_id, ratio: '4:5' })
  expect(queued).toMatchObject({
    state: 'queued',
    provider: 'local',
    credits: { reserved: 0, spent: null },
    picture: { width: 48, height: 60, original: { x: 0, y: 14 / 60, width: 1, height: 32 / 60 } },
  })
  const done = await ended(person, queued.id)
  expect(done).toMatchObject({ state: 'succeeded', credits: { spent: 0 }, output: { width: 48, height: 60 } })
  const content = await person.request(done.output?.url ?? '')
  expect(content.headers.get('content-type')).toBe('image/png')
  const result = Buffer.from(await content.arrayBuffer())
  const inner = await sharp(result).extract({ left: 0, top: 14, width: 48, height: 32 }).raw().toBuffer()
  expect(inner.equals(await sharp(photo).raw().toBuffer())).toBe(true)
})
