/** The whole way of a file on the embedded database, whose one connection must never wait for itself. */
import { uploadSchema } from '@hero-image/client/contract'
import { expect, test } from 'vitest'
import { openPglite } from '../src/database/open.ts'
import { removeStored } from '../src/files/remove-stored.ts'
import { newId } from '../src/keys/uuid.ts'
import { drawPicture } from '../test/files/pictures.ts'
import { createTestService } from '../test/harness/service.ts'

test('uploads at once, and their removal, on the embedded database', async () => {
  const hero = await createTestService({ database: await openPglite() })
  const person = await hero.createPerson()
  const picture = new Uint8Array(await drawPicture())
  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      person.request('/v1/uploads', {
        method: 'POST',
        headers: { 'content-type': 'image/png', 'idempotency-key': newId() },
        body: picture,
      }),
    ),
  )
  for (const answer of answers) expect(uploadSchema.parse(await answer.json()).media_type).toBe('image/png')
  await hero.service.db.deleteFrom('user').where('id', '=', person.userId).execute()
  expect(await removeStored(hero.service)).toEqual({ removed: 8, failed: 0 })
  await hero.close()
})
