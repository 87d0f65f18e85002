/** Uploads of strangers who mean it: through the whole path, from the request to the row. */

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { problemSchema, uploadSchema } from '@hero-image/client/contract'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../src/keys/uuid.ts'
import { printCounts } from '../test/harness/counts.ts'
import { createTestService, type Person, type TestService } from '../test/harness/service.ts'
import { drawBases } from './uploads/bases.ts'
import { makeHostile } from './uploads/hostile.ts'
import { createRandom, mutate } from './uploads/mutate.ts'
import { watchPeak } from './uploads/watch.ts'

const files = 10_000
const seed = 20_261_128
/** As many as there are decoders: what is measured is decoding, not waiting. */
const clients = 2

let hero: TestService
let person: Person
beforeAll(async () => {
  hero = await createTestService({ settings: { HERO_DECODERS: String(clients), HERO_STORED_MEGABYTES: '2000' } })
  person = await hero.createPerson()
})
afterAll(() => hero.close())

function send(body: Buffer): Promise<Response> {
  return person.request('/v1/uploads', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'idempotency-key': newId() },
    body: new Uint8Array(body),
  })
}

const lostDecoders = (): number => hero.logLines.filter((line) => line.includes('a decoder was lost')).length

/** An upload that was answered later is counted and no failure: a busy machine is late with everything. What a decoder takes too long for, it is ended for. */
const lateMs = 2000

test('U1 10,000 mutated pictures: taken if they decode, refused if not, no crash', async () => {
  const bases = await drawBases()
  const random = createRandom(seed)
  const watch = watchPeak(hero.service.decoder)
  const counts = { files: 0, taken: 0, refused: 0, other: 0, wrong: 0, late: 0, worstMs: 0 }
  const wrong: string[] = []

  async function client(): Promise<void> {
    while (counts.files < files) {
      const number = counts.files++
      const base = bases[number % bases.length]
      const other = bases[random(bases.length)]
      if (base === undefined || other === undefined) return
      const body = mutate(base.bytes, random, other.bytes)
      const begin = performance.now()
      const response = await send(body)
      const ms = performance.now() - begin
      counts.worstMs = Math.max(counts.worstMs, Math.round(ms))
      if (ms > lateMs) counts.late += 1
      if (response.status === 201) counts.taken += 1
      else if (response.status === 422 || response.status === 413) counts.refused += 1
      else counts.other += 1
      if ((response.status === 201) !== (await decodes(body))) wrong.push(`${base.name} ${number}: ${response.status}`)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  watch.end()
  counts.wrong = wrong.length
  printCounts('U1', { ...counts, crashes: lostDecoders(), decoders: watch.processes(), peakMegabytes: watch.peak() })
  expect(wrong).toEqual([])
  expect(counts).toMatchObject({ files, other: 0 })
  expect(counts.taken + counts.refused).toBe(files)
  expect(lostDecoders()).toBe(0)
  expect(watch.peak()).toBeLessThanOrEqual(512)
}, 1_800_000)

test('U1 1,000 spoilt forms: an answer to each, and nothing left behind', async () => {
  const [base] = await drawBases()
  if (base === undefined) throw new Error('There are no pictures.')
  const whole = toForm(base.bytes)
  const random = createRandom(seed + 1)
  const counts = { forms: 1000, taken: 0, refused: 0, other: 0 }
  for (let form = 0; form < counts.forms; form++) {
    const response = await person.request('/v1/uploads', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=edge', 'idempotency-key': newId() },
      body: new Uint8Array(mutate(whole, random, base.bytes)),
    })
    if (response.status === 201) counts.taken += 1
    else if (response.status === 422) counts.refused += 1
    else counts.other += 1
  }
  const incoming = await readdir(join(hero.service.settings.HERO_DATA_DIR, 'incoming'))
  printCounts('U1', { ...counts, left: incoming.length })
  expect(counts.other + incoming.length).toBe(0)
}, 1_800_000)

test('U1 files that are made to do harm are refused; U3 pictures among them are given back as pictures to be saved', async () => {
  const hostile = await makeHostile()
  const watch = watchPeak(hero.service.decoder)
  const lost = lostDecoders()
  const outcomes: Record<string, string> = {}
  let worstMs = 0
  for (const { name, bytes } of hostile) {
    const begin = performance.now()
    const response = await send(bytes)
    worstMs = Math.max(worstMs, Math.round(performance.now() - begin))
    if (response.status !== 201) {
      outcomes[name] = problemSchema.parse(await response.json()).code
      continue
    }
    const { id } = uploadSchema.parse(await response.json())
    const content = await person.request(`/v1/uploads/${id}/content`)
    const { headers } = content
    expect(Buffer.from(await content.arrayBuffer()).equals(bytes)).toBe(true)
    expect(headers.get('content-type')).toMatch(/^image\/(?:jpeg|png|webp|avif)$/)
    expect(headers.get('content-disposition')).toMatch(/^attachment;/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox$/)
    outcomes[name] = 'taken'
  }
  watch.end()
  const wanted = Object.fromEntries(hostile.map(({ name, isTaken }) => [name, isTaken ? 'taken' : 'undecodable-image']))
  const taken = hostile.filter(({ isTaken }) => isTaken).length
  printCounts('U1', {
    hostile: hostile.length,
    taken,
    refused: hostile.length - taken,
    crashes: lostDecoders() - lost,
    worstMs,
    peakMegabytes: watch.peak(),
  })
  expect(outcomes).toEqual(wanted)
  expect(lostDecoders() - lost).toBe(0)
  expect(watch.peak()).toBeLessThanOrEqual(512)
})

function toForm(file: Buffer): Buffer {
  const parts = [
    '--edge\r\nContent-Disposition: form-data; name="kind"\r\n\r\nsource\r\n',
    '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n',
  ]
  return Buffer.concat([Buffer.from(parts.join('')), file, Buffer.from('\r\n--edge--\r\n')])
}

/** The judgement of the same library, in its plainest form: all pixels of the first frame, in one of the four formats. */
async function decodes(body: Buffer): Promise<boolean> {
  try {
    const { format, compression } = await sharp(body).metadata()
    if (!['jpeg', 'png', 'webp'].includes(format) && compression !== 'av1') return false
    await sharp(body, { failOn: 'error', limitInputPixels: 50_000_000 }).raw().toBuffer()
    return true
  } catch {
    return false
  }
}
