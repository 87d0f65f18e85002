/** Objects in storage and the rows that name them. */
import { projectSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertFile } from '../../src/files/insert-file.ts'
import { dropObject, putObject } from '../../src/files/put-object.ts'
import { removeStored } from '../../src/files/remove-stored.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'
import { drawPicture } from './pictures.ts'
import { storedKeys, upload } from './send-upload.ts'

let hero: TestService
let person: Person
beforeAll(async () => {
  hero = await createTestService({ settings: { HERO_UPLOAD_MEGABYTES: '1', HERO_STORED_MEGABYTES: '2' } })
  person = await hero.createPerson()
})
afterAll(() => hero.close())

test('objects go with their rows, whatever takes the rows away', async () => {
  const as = await hero.createPerson()
  await upload(as, await drawPicture())
  const project = projectSchema.parse(await (await as.post('/v1/projects', { name: 'P' })).json())
  await upload(as, await drawPicture(), { query: `?project_id=${project.id}` })
  await removeStored(hero.service)
  const before = await storedKeys(hero.service)
  await hero.service.db.deleteFrom('project').where('user_id', '=', as.userId).execute()
  await hero.service.db.deleteFrom('user').where('id', '=', as.userId).execute()
  expect(await removeStored(hero.service)).toEqual({ removed: 2, failed: 0 })
  expect((await storedKeys(hero.service)).length).toBe(before.length - 2)
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
