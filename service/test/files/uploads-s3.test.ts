/** Uploads with a bucket behind them. */
import { uploadSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeStored } from '../../src/files/remove-stored.ts'
import { newId } from '../../src/keys/uuid.ts'
import { createTestService, type TestService } from '../harness/service.ts'
import { drawPicture } from './pictures.ts'
import { type S3Server, s3Credentials, startS3Server } from './s3-server.ts'

let s3: S3Server
let hero: TestService
beforeAll(async () => {
  s3 = await startS3Server()
  hero = await createTestService({
    settings: {
      HERO_S3_ENDPOINT: s3.endpoint,
      HERO_S3_BUCKET: s3Credentials.bucket,
      HERO_S3_REGION: s3Credentials.region,
      HERO_S3_ACCESS_KEY_ID: s3Credentials.accessKeyId,
      HERO_S3_SECRET_ACCESS_KEY: s3Credentials.secretAccessKey,
    },
  })
})
afterAll(async () => {
  await hero.close()
  await s3.close()
})

test('a picture lies in the bucket with its hash signed, is given back in parts, and goes', async () => {
  const person = await hero.createPerson()
  const png = await drawPicture('png')
  const sent = await person.request('/v1/uploads', {
    method: 'POST',
    headers: { 'idempotency-key': newId(), 'content-type': 'image/png' },
    body: png,
  })
  const { id } = uploadSchema.parse(await sent.json())
  expect([...s3.objects.values()].map(({ body, type }) => [body, type])).toEqual([[png, 'image/png']])
  const part = await person.request(`/v1/uploads/${id}/content`, { headers: { range: 'bytes=3-7' } })
  expect(Buffer.from(await part.arrayBuffer())).toEqual(png.subarray(3, 8))
  await hero.service.db.deleteFrom('file').execute()
  expect(await removeStored(hero.service)).toEqual({ removed: 1, failed: 0 })
  expect([s3.objects.size, s3.refusals, s3.counts.unsignedBodies]).toEqual([0, [], 0])
})

test('a bucket that is away is a problem of ours, and nothing is half done', async () => {
  const person = await hero.createPerson()
  s3.failNext(100, 503)
  const sent = await person.request('/v1/uploads', {
    method: 'POST',
    headers: { 'idempotency-key': newId(), 'content-type': 'image/png' },
    body: await drawPicture('png'),
  })
  s3.failNext(0, 0)
  expect(sent.status).toBe(503)
  expect(await (await person.request('/v1/uploads')).json()).toEqual({ data: [], next_cursor: null })
})
