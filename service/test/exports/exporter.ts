/** What tests of exports stand on: a service, a person with a photo, and what that person asks for. Each test file has its own. */
import { type ExportAnswer, exportSchema, projectSchema, uploadSchema } from '@hero-image/client/contract'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { performExport } from '../../src/exports/perform.ts'
import { fromWireId, newId } from '../../src/keys/uuid.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'

export const settings = {
  crops: [
    { name: 'wide', ratio: '2:1', media: '(min-width: 640px)' },
    { name: 'tall', ratio: '4:5' },
  ],
  formats: ['webp', 'jpeg'],
  quality: { webp: 60 },
  effort: 'fast',
}

export let hero: TestService
export let person: Person
export let photo: Buffer
beforeAll(async () => {
  hero = await createTestService()
  photo = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#468' } })
    .composite([{ input: { create: { width: 40, height: 40, channels: 3, background: '#f00' } }, left: 230, top: 60 }])
    .jpeg({ quality: 90 })
    .toBuffer()
})
beforeEach(async () => {
  person = await hero.createPerson()
})
afterAll(() => hero.close())

/** Does the jobs of an export as the queue would, without its waiting. */
export async function perform(
  id: string,
  { isLast = false, signal = new AbortController().signal } = {},
): Promise<void> {
  await performExport(hero.service, { data: { exportId: fromWireId('export', id) ?? '' }, isLast, signal })
}

export async function makeProject(name = 'Spring') {
  const response = await person.post('/v1/projects', { name, settings })
  return projectSchema.parse(await response.json())
}

export async function upload(projectId: string, name: string, body: Buffer = photo) {
  const response = await person.request(`/v1/uploads?project_id=${projectId}&name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'idempotency-key': newId(), 'content-type': 'image/jpeg' },
    body: new Uint8Array(body),
  })
  expect(response.status).toBe(201)
  return uploadSchema.parse(await response.json())
}

export async function decide(projectId: string, photos: object): Promise<void> {
  const response = await person.request(`/v1/projects/${projectId}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', 'if-match': '*' },
    body: JSON.stringify({ settings: { ...settings, photos } }),
  })
  expect(response.status).toBe(200)
}

export async function makeFull(): Promise<{ readonly id: string; readonly uploads: readonly string[] }> {
  const { id } = await makeProject()
  const first = await upload(id, 'Lake View.jpg')
  const second = await upload(id, 'lake view.jpg', await sharp(photo).flop().jpeg().toBuffer())
  await decide(id, {
    [first.id]: { alt: 'A "lake" & a boat', focus: { x: 0.78, y: 0.33 } },
    [second.id]: { alt: '', crops: { tall: { x: 0, y: 0, width: 0.6, height: 1 } } },
  })
  return { id, uploads: [first.id, second.id] }
}

export async function ask(body: object): Promise<ExportAnswer> {
  const response = await person.post('/v1/exports', body)
  expect(response.status).toBe(202)
  return exportSchema.parse(await response.json())
}

export async function read(id: string): Promise<ExportAnswer> {
  return exportSchema.parse(await (await person.request(`/v1/exports/${id}`)).json())
}

export async function contentOf(id: string): Promise<Uint8Array> {
  const response = await person.request(`/v1/exports/${id}/content`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="Spring/)
  return new Uint8Array(await response.arrayBuffer())
}
