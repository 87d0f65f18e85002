/** Decoders that are ended while uploads come in. */
import { expect, test } from 'vitest'
import type { Decoder } from '../src/decode/decoder.ts'
import { newId } from '../src/keys/uuid.ts'
import { drawPicture } from '../test/files/pictures.ts'
import { printCounts } from '../test/harness/counts.ts'
import { createTestService } from '../test/harness/service.ts'

const signals = ['SIGKILL', 'SIGSEGV', 'SIGABRT', 'SIGTERM', 'SIGBUS'] as const

test('U2 50 kills of decoders: every upload has its answer, and the service goes on', async () => {
  const hero = await createTestService()
  const person = await hero.createPerson()
  const picture = new Uint8Array(await drawPicture('png', { width: 1200, height: 1200 }))
  const send = async (): Promise<number> => {
    const { status } = await person.request('/v1/uploads', {
      method: 'POST',
      headers: { 'content-type': 'image/png', 'idempotency-key': newId() },
      body: picture,
    })
    return status
  }
  const counts = { kills: 0, taken: 0, undecodable: 0, unavailable: 0, other: 0, healed: 0 }
  for (let round = 0; round < 25; round++) {
    const requests = Array.from({ length: 4 }, send)
    for (let kill = 0; kill < 2; kill++) {
      await killOne(hero.service.decoder, signals[(round * 2 + kill) % signals.length] ?? 'SIGKILL')
      counts.kills += 1
    }
    for (const status of await Promise.all(requests)) {
      if (status === 201) counts.taken += 1
      else if (status === 422) counts.undecodable += 1
      else if (status === 503) counts.unavailable += 1
      else counts.other += 1
    }
    if ((await send()) === 201) counts.healed += 1
  }
  const kept = await hero.service.db.selectFrom('file').select('id').execute()
  const { decoder } = hero.service
  await hero.close()
  printCounts('U2', counts)
  expect(counts).toMatchObject({ kills: 50, other: 0, healed: 25 })
  // What was taken is there, and nothing else.
  expect(kept).toHaveLength(counts.taken + counts.healed)
  expect(decoder.pids()).toEqual([])
})

/** Waits for a decoder that works, and ends it. */
async function killOne(decoder: Decoder, signal: NodeJS.Signals): Promise<void> {
  for (;;) {
    const [pid] = decoder.pids()
    if (pid !== undefined) return void process.kill(pid, signal)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
