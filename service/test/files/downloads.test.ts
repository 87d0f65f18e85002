/** Downloads of clients that do not read. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { insertFile } from '../../src/files/insert-file.ts'
import { putObject } from '../../src/files/put-object.ts'
import { toWireId } from '../../src/keys/uuid.ts'
import { createTestService, type TestService } from '../harness/service.ts'

let hero: TestService
beforeAll(async () => {
  hero = await createTestService()
})
afterAll(() => hero.close())

test('an account has so many downloads at once, and no more; what was read or left counts no more', async () => {
  const { service, clock } = hero
  const ada = await hero.createPerson()
  const eve = await hero.createPerson()
  const paths: string[] = []
  for (const { userId } of [ada, eve]) {
    const object = await putObject(service, randomBytes(4_000_000), { mediaType: 'image/png' })
    const { id } = await service.db
      .transaction()
      .execute((trx) => insertFile(trx, { object, userId, kind: 'source', width: 1, height: 1, at: clock.now() }))
    paths.push(`/v1/uploads/${toWireId('upload', id)}/content`)
  }
  const [path = '', other = ''] = paths
  const answers = await Promise.all(Array.from({ length: 40 }, () => ada.request(path)))
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(32).fill(200), ...Array(8).fill(429)])
  // Heads, and what the client has already, take no place; nor does anybody else.
  const etag = answers.find(({ status }) => status === 200)?.headers.get('etag') ?? ''
  expect((await ada.request(path, { method: 'HEAD' })).status).toBe(200)
  expect((await ada.request(path, { headers: { 'if-none-match': etag } })).status).toBe(304)
  const left = await eve.request(other)
  expect(left.status).toBe(200)
  await Promise.all([left, ...answers].map((answer) => answer.body?.cancel()))
  await vi.waitFor(async () => {
    const again = await ada.request(path)
    expect(again.status).toBe(200)
    expect((await again.arrayBuffer()).byteLength).toBe(4_000_000)
  })
})
