/** An export of a person with a thousand uploads. */
import { randomBytes } from 'node:crypto'
import { dataExportSchema } from '@hero-image/client/contract'
import { expect, test } from 'vitest'
import { insertFile } from '../src/files/insert-file.ts'
import { putObject } from '../src/files/put-object.ts'
import { fromWireId } from '../src/keys/uuid.ts'
import { printCounts } from '../test/harness/counts.ts'
import { createTestService } from '../test/harness/service.ts'
import { signIn } from '../test/harness/sessions.ts'
import { runJob } from '../test/privacy/seed.ts'

const uploads = 1000
const bytesOfEach = 200_000

test('V1 an export of 1,000 uploads', async () => {
  const hero = await createTestService()
  const { service } = hero
  const ada = await hero.createPerson()
  for (let count = 0; count < uploads; count++) {
    const object = await putObject(service, randomBytes(bytesOfEach), { mediaType: 'image/jpeg' })
    await service.db
      .transaction()
      .execute((trx) => insertFile(trx, { object, userId: ada.userId, kind: 'source', at: service.clock.now() }))
  }
  const browser = await signIn(hero, ada)
  const { id } = dataExportSchema.parse(await (await browser.post('/v1/me/export', {})).json())
  const start = performance.now()
  await runJob(hero, 'data-export', { dataExportId: fromWireId('dataExport', id) ?? '' })
  const seconds = (performance.now() - start) / 1000
  const response = await browser.request(`/v1/me/export/${id}/content`)
  const bytes = (await response.arrayBuffer()).byteLength
  expect(bytes).toBeGreaterThan(uploads * bytesOfEach)
  printCounts('V1', { uploads, megabytes: Math.round(bytes / 1e6), seconds: seconds.toFixed(1) })
  await hero.close()
})
