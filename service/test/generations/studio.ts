/** What tests of generations need: photos that somebody has uploaded, credits, and the end of a generation. */
import { creditsSchema, type GenerationAnswer, generationSchema } from '@hero-image/client/contract'
import sharp from 'sharp'
import { expect, vi } from 'vitest'
import { insertFile } from '../../src/files/insert-file.ts'
import { putObject } from '../../src/files/put-object.ts'
import { newId, toWireId } from '../../src/keys/uuid.ts'
import { openWallet, topUp } from '../../src/ledger/ledger.ts'
import type { Service } from '../../src/service.ts'
import type { Person } from '../harness/service.ts'

/** A photo in which every pixel is another: what moves, shows. */
export async function createPhoto(width = 48, height = 32): Promise<Buffer> {
  const data = Buffer.alloc(width * height * 3)
  for (let index = 0; index < data.length; index += 1) data[index] = (index * 73 + (index >> 5) * 31) % 256
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}

/** Puts a picture where an upload would be. @returns its identifier on the wire */
export async function putPicture(
  service: Service,
  userId: string,
  file: Buffer,
  kind: 'source' | 'mask' = 'source',
): Promise<string> {
  const { width, height } = (await sharp(file).metadata()).autoOrient
  const object = await putObject(service, file, { mediaType: 'image/png' })
  const row = await service.db
    .transaction()
    .execute((trx) => insertFile(trx, { object, userId, kind, width, height, at: service.clock.now() }))
  return toWireId('upload', row.id)
}

/** Gives credits. */
export async function giveCredits(service: Service, userId: string, credits: number): Promise<void> {
  await service.db.transaction().execute(async (trx) => {
    const walletId = await openWallet(trx, userId)
    await topUp(trx, { walletId, credits, kind: 'topup', key: newId(), at: service.clock.now() })
  })
}

/** Starts a generation. */
export async function start(person: Person, body: object): Promise<GenerationAnswer> {
  const response = await person.post('/v1/generations', body)
  expect(response.status, JSON.stringify(await response.clone().json())).toBe(202)
  return generationSchema.parse(await response.json())
}

/** Reads a generation. */
export async function read(person: Person, id: string): Promise<GenerationAnswer> {
  return generationSchema.parse(await (await person.request(`/v1/generations/${id}`)).json())
}

/** Waits until it has ended. */
export async function ended(person: Person, id: string): Promise<GenerationAnswer> {
  return vi.waitFor(
    async () => {
      const now = await read(person, id)
      if (now.finished_at === null) throw new Error(`still ${now.state}`)
      return now
    },
    { timeout: 50_000, interval: 50 },
  )
}

/** What a wallet has. */
export async function balanceOf(person: Person): Promise<{ available: number; held: number }> {
  const { available, held } = creditsSchema.parse(await (await person.request('/v1/credits')).json())
  return { available, held }
}
