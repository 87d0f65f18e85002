/** What AI has made for a project goes into its ZIP, byte by byte; what belongs elsewhere does not. */
import { type GenerationAnswer, problemSchema } from '@hero-image/client/contract'
import { unzipSync } from 'fflate'
import { beforeAll, expect, test } from 'vitest'
import { performExport } from '../../src/exports/perform.ts'
import { forgetFiles } from '../../src/files/forget-files.ts'
import { fromWireId } from '../../src/keys/uuid.ts'
import { jobsOf } from '../../src/parts.ts'
import { createPhoto, ended, putPicture, start } from '../generations/studio.ts'
import { printCounts } from '../harness/counts.ts'
import type { Person } from '../harness/service.ts'
import { ask, contentOf, decide, hero, makeProject, perform, person, read, upload } from './exporter.ts'

beforeAll(async () => {
  const { generation } = jobsOf(hero.parts)
  // Exports are done by hand.
  await hero.service.queue.work(generation === undefined ? {} : { generation })
})

async function extend(whose: Person, upload_id: string, project_id?: string): Promise<GenerationAnswer> {
  const { id } = await start(whose, {
    operation: 'extend',
    upload_id,
    ratio: '4:5',
    ...(project_id === undefined ? {} : { project_id }),
  })
  const done = await ended(whose, id)
  expect(done.state).toBe('succeeded')
  return done
}

async function download({ id }: GenerationAnswer): Promise<Buffer> {
  const response = await person.request(`/v1/generations/${id}/content`)
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

async function zipOf(projectId: string): Promise<Record<string, Uint8Array>> {
  const { id } = await ask({ project_id: projectId, kind: 'zip' })
  await perform(id)
  expect(await read(id)).toMatchObject({ state: 'succeeded', failure: null })
  return unzipSync(await contentOf(id))
}

const generatedIn = (files: Record<string, Uint8Array>): string[] =>
  Object.keys(files).filter((path) => path.startsWith('generated/'))

const textOf = (files: Record<string, Uint8Array>, path: string): string => Buffer.from(files[path] ?? []).toString()

const outputOf = ({ id }: GenerationAnswer) =>
  hero.service.db
    .selectFrom('generation')
    .select('output_id')
    .where('id', '=', fromWireId('generation', id) ?? '')
    .$narrowType<{ output_id: string }>()
    .executeTakeFirstOrThrow()

/** A project with a photo and a picture that was made from it. */
async function makeStudio() {
  const { id } = await makeProject()
  const photo = await upload(id, 'lake.jpg')
  await decide(id, { [photo.id]: { alt: 'A lake' } })
  return { id, photo: photo.id, made: await extend(person, photo.id, id) }
}

test('every output of the project is in the ZIP as it is stored, named and told; those of other projects and people are not', async () => {
  const { id, photo, made } = await makeStudio()
  const second = await extend(person, photo, id)
  const prompt = 'More sky, "very" blue'
  await hero.service.db
    .updateTable('generation')
    .set({ prompt })
    .where('id', '=', fromWireId('generation', second.id) ?? '')
    .execute()
  // In another project, in none, and of somebody else; that one even names this project.
  const elsewhere = [await extend(person, photo, (await makeProject('Autumn')).id), await extend(person, photo)]
  const other = await hero.createPerson()
  const foreign = await extend(other, await putPicture(hero.service, other.userId, await createPhoto()))
  await hero.service.db
    .updateTable('generation')
    .set({ project_id: fromWireId('project', id) ?? '' })
    .where('id', '=', fromWireId('generation', foreign.id) ?? '')
    .execute()

  const files = await zipOf(id)
  const paths = [made, second].map((each, index) => `generated/${index + 1}-extend-${each.id.slice(-8)}.png`)
  expect(generatedIn(files).sort()).toEqual(paths)
  for (const [index, each] of [made, second].entries()) {
    const bytes = Buffer.from(files[paths[index] ?? ''] ?? [])
    expect(bytes.length).toBe(each.output?.bytes)
    expect(bytes.equals(await download(each))).toBe(true)
  }
  // The engine makes pictures from the photo alone.
  expect(Object.keys(files).filter((path) => path.startsWith('photos/') && path.endsWith('.jpg'))).toHaveLength(1)
  const manifest = JSON.parse(textOf(files, 'manifest.json'))
  expect(manifest.generated).toMatchObject(
    [made, second].map((each, index) => ({
      generation_id: each.id,
      path: paths[index],
      operation: 'extend',
      provider: 'local',
      created_at: each.finished_at,
      prompt: index === 0 ? null : prompt,
    })),
  )
  const listed: { readonly path: string; readonly sha256: string }[] = manifest.files
  for (const { path, sha256 } of manifest.generated)
    expect(listed).toContainEqual(expect.objectContaining({ path, sha256 }))
  const readMe = textOf(files, 'README.txt')
  for (const [index, each] of [made, second].entries())
    expect(readMe).toContain(`${paths[index]}  extend, ${each.finished_at}, ${each.id}`)
  const all = Object.values(files)
    .map((bytes) => Buffer.from(bytes).toString('latin1'))
    .join('\n')
  for (const each of [...elsewhere, foreign]) expect(all).not.toContain(each.id)
  printCounts('export', {
    'generated, equal to the download': paths.length,
    'of others, left out': elsewhere.length + 1,
  })
})

test('one that was deleted is left out, also when that happens while the export waits', async () => {
  const { id, photo, made } = await makeStudio()
  const second = await extend(person, photo, id)
  const { output_id: gone } = await outputOf(made)
  await hero.service.db.updateTable('file').set({ deleted_at: hero.clock.now() }).where('id', '=', gone).execute()
  expect(generatedIn(await zipOf(id))).toEqual([`generated/1-extend-${second.id.slice(-8)}.png`])
  const late = await ask({ project_id: id, kind: 'zip' })
  const { output_id: last } = await outputOf(second)
  await hero.service.db.transaction().execute((trx) => forgetFiles(trx, [last]))
  await perform(late.id)
  const files = unzipSync(await contentOf(late.id))
  expect(generatedIn(files)).toEqual([])
  expect(textOf(files, 'README.txt')).not.toContain('generated/')
})

test('a project without photos is a ZIP of what was made for it, and no code', async () => {
  const elsewhere = await makeStudio()
  const { id } = await makeProject()
  const made = await extend(person, elsewhere.photo, id)
  const files = await zipOf(id)
  const path = `generated/1-extend-${made.id.slice(-8)}.png`
  expect(Object.keys(files).sort()).toEqual(['README.txt', path, 'hero.config.mjs', 'manifest.json'].sort())
  expect(Buffer.from(files[path] ?? []).equals(await download(made))).toBe(true)
  expect(textOf(files, 'README.txt')).not.toContain('photos/')
  expect((await person.post('/v1/exports', { project_id: id, kind: 'html' })).status).toBe(409)
})

test('a ZIP that outgrows what an account may keep is too large, whatever it is made of', async () => {
  const elsewhere = await makeStudio()
  const { id } = await makeProject()
  const made = await extend(person, elsewhere.photo, id)
  const { id: wish } = await ask({ project_id: id, kind: 'zip' })
  // The picture alone would have room.
  const settings = { ...hero.service.settings, HERO_STORED_MEGABYTES: (made.output?.bytes ?? 0) / 1_000_000 }
  const job = {
    data: { exportId: fromWireId('export', wish) ?? '' },
    isLast: false,
    signal: new AbortController().signal,
  }
  await performExport({ ...hero.service, settings }, job)
  expect(await read(wish)).toMatchObject({ state: 'failed', failure: { code: 'too-large' } })
})

test('a token that may not read generations does not get them by way of an export', async () => {
  const { id } = await makeStudio()
  const full = await ask({ project_id: id, kind: 'zip' })
  await perform(full.id)
  await hero.service.db
    .updateTable('access_token')
    .set({ scopes: ['projects:read', 'projects:write'] })
    .where('user_id', '=', person.userId)
    .execute()
  const refused = await person.request(`/v1/exports/${full.id}/content`)
  expect([refused.status, problemSchema.parse(await refused.json()).code]).toEqual([403, 'missing-scope'])
  expect(generatedIn(await zipOf(id))).toEqual([])
})
