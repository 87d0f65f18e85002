/** Exports: the files and the markup of a build, in a ZIP that goes on in a repository. */
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { exportSchema, problemSchema } from '@hero-image/client/contract'
import { unzipSync } from 'fflate'
import sharp from 'sharp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ended, startCommand } from '../../../packages/cli/test/fixtures/command.ts'
import { removeStored } from '../../src/files/remove-stored.ts'
import { fromWireId, newId, toWireId } from '../../src/keys/uuid.ts'
import { printCounts } from '../harness/counts.ts'
import {
  ask,
  contentOf,
  decide,
  hero,
  makeFull,
  makeProject,
  perform,
  person,
  photo,
  read,
  upload,
} from './exporter.ts'

async function unpack(zip: Uint8Array): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'hero-export-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  for (const [path, bytes] of Object.entries(unzipSync(zip))) {
    expect(resolve(root, path).startsWith(`${root}/`)).toBe(true)
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), bytes)
  }
  return root
}

describe('a ZIP', () => {
  test('has the files, the names and the markup that `hero-image crop` makes from what is in it', async () => {
    const { id } = await makeFull()
    const wish = await ask({ project_id: id, kind: 'zip', base: '/img/' })
    expect(wish).toMatchObject({ state: 'queued', bytes: null, expires_at: null })
    await perform(wish.id)
    const done = await read(wish.id)
    expect(done).toMatchObject({ state: 'succeeded', failure: null })
    const zip = await contentOf(wish.id)
    expect(createHash('sha256').update(zip).digest('hex')).toBe(done.sha256)
    const root = await unpack(zip)
    await writeFile(join(root, 'package.json'), '{}')
    const photos = (await readdir(join(root, 'photos'))).filter((name) => name.endsWith('.jpg')).sort()
    expect(photos).toEqual(['Lake View.jpg', 'lake view-2.jpg'])

    const args = ['crop', 'photos/*.jpg', '--out', 'out', '--base', '/img/']
    const { code, out, err } = await ended(startCommand(root, [...args, '--html']))
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
    const markup = await Promise.all(photos.map((name) => readFile(join(root, 'markup', `${name}.html`), 'utf8')))
    expect(out.trim().split('\n\n').sort()).toEqual(markup.map((text) => text.trim()).sort())

    const [made, packed] = await Promise.all([readdir(join(root, 'out')), readdir(join(root, 'images'))])
    expect(packed.sort()).toEqual(made.sort())
    for (const name of made) {
      const [ours, theirs] = await Promise.all(['images', 'out'].map((folder) => readFile(join(root, folder, name))))
      expect(ours?.equals(theirs ?? Buffer.alloc(0)), name).toBe(true)
    }
    printCounts('export', { photos: photos.length, 'files equal to hero-image crop': made.length })
  })

  test('has a manifest with true checksums, sidecars, options and lock, and nothing of our machine', async () => {
    const { id, uploads } = await makeFull()
    const wish = await ask({ project_id: id, kind: 'zip' })
    await perform(wish.id)
    const files = unzipSync(await contentOf(wish.id))
    const text = (path: string): string => Buffer.from(files[path] ?? []).toString()
    const manifest = JSON.parse(text('manifest.json'))
    const listed: { path: string; sha256: string; bytes: number }[] = manifest.files
    expect(listed.map(({ path }) => path).sort()).toEqual(
      Object.keys(files)
        .filter((path) => path !== 'manifest.json')
        .sort(),
    )
    for (const { path, sha256, bytes } of listed) {
      expect(
        createHash('sha256')
          .update(files[path] ?? '')
          .digest('hex'),
      ).toBe(sha256)
      expect(files[path]?.length).toBe(bytes)
    }
    expect(manifest.photos.map((each: { upload_id: string }) => each.upload_id)).toEqual(uploads)
    expect(Buffer.from(files['photos/Lake View.jpg'] ?? []).equals(photo)).toBe(true)
    expect(JSON.parse(text('photos/Lake View.jpg.hero.json'))).toMatchObject({
      alt: 'A "lake" & a boat',
      focus: { x: 0.78 },
    })
    expect(Object.keys(JSON.parse(text('hero.lock.json')).crops)).toEqual([
      'photos/Lake View.jpg',
      'photos/lake view-2.jpg',
    ])
    expect(text('hero.config.mjs')).toContain('"formats"')
    for (const path of Object.keys(files))
      if (!/\.(?:jpg|webp)$/.test(path)) expect(text(path)).not.toContain('hero-service-')
  })

  test('is the same bytes when it is made again', async () => {
    const { id } = await makeFull()
    const wish = await ask({ project_id: id, kind: 'zip' })
    // Two workers at once: one has lost its lease and does not know.
    await Promise.all([perform(wish.id), perform(wish.id)])
    await perform(wish.id)
    const files = await hero.service.db
      .selectFrom('file')
      .select('sha256')
      .where('kind', '=', 'export')
      .where('project_id', '=', fromWireId('project', id) ?? '')
      .execute()
    expect(files).toHaveLength(1)
    // What the other attempt has stored is dropped, and the content is still there.
    await removeStored(hero.service)
    await contentOf(wish.id)
  })
})

describe('code', () => {
  test.each([
    { kind: 'html', pattern: /^<style>.*<picture>.*alt="A &quot;lake&quot; &amp; a boat"/ },
    { kind: 'react', pattern: /^<>\n {2}<style .*srcSet=/s },
    { kind: 'css', pattern: /^\.hero-Lake-20View \{\n {2}background-image: / },
    { kind: 'preload', pattern: /^<link rel="preload" as="image"/ },
    { kind: 'json', pattern: /^\{\n {2}"Lake View.jpg": \{\n {4}"preset": "hero"/ },
  ])('as $kind', async ({ kind, pattern }) => {
    const { id } = await makeFull()
    const wish = await ask({ project_id: id, kind, base: 'https://cdn.example/a b' })
    await perform(wish.id)
    const code = Buffer.from(await contentOf(wish.id)).toString()
    expect(code).toMatch(pattern)
    expect(code).toContain('https://cdn.example/a%20b/Lake-View-')
  })
})

describe('a wish', () => {
  const problemOf = async (body: object) => {
    const response = await person.post('/v1/exports', body)
    return [response.status, problemSchema.parse(await response.json())] as const
  }

  test('without photos, without texts, or for a project of somebody else is refused', async () => {
    const { id } = await makeProject()
    expect(await problemOf({ project_id: id, kind: 'zip' })).toMatchObject([409, { code: 'conflict' }])
    const { id: photoId } = await upload(id, 'a.jpg')
    const [status, { errors }] = await problemOf({ project_id: id, kind: 'html' })
    expect(status).toBe(422)
    expect(errors?.[0]?.detail).toContain(`settings.photos.${photoId}.alt`)
    expect((await person.post('/v1/exports', { project_id: id, kind: 'json' })).status).toBe(202)
    const other = await hero.createPerson()
    expect((await other.post('/v1/exports', { project_id: id, kind: 'json' })).status).toBe(404)
    expect((await problemOf({ project_id: toWireId('project', newId()), kind: 'json' }))[0]).toBe(404)
    expect((await problemOf({ project_id: 'prj_1', kind: 'json' }))[0]).toBe(422)
    expect((await problemOf({ project_id: id, kind: 'tar' }))[0]).toBe(422)
  })

  test('too many at once have to wait', async () => {
    const { id } = await makeFull()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => person.post('/v1/exports', { project_id: id, kind: 'json' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(3).fill(202), ...Array(7).fill(429)])
  })

  test('sent twice is one export', async () => {
    const { id } = await makeFull()
    const send = (kind: string) => person.post('/v1/exports', { project_id: id, kind }, { 'idempotency-key': 'twice' })
    const [first, second] = await Promise.all([send('json'), send('json')])
    expect(exportSchema.parse(await second.json()).id).toBe(exportSchema.parse(await first.json()).id)
    expect((await send('css')).status).toBe(422)
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ project_id: id, kind: 'json' })
    expect((await person.request('/v1/exports', { method: 'POST', headers, body })).status).toBe(400)
  })
})

describe('what goes wrong', () => {
  test('a photo that cannot be read ends the export and is named', async () => {
    const { id } = await makeProject()
    const { id: photoId } = await upload(id, 'a.jpg')
    await decide(id, { [photoId]: { alt: 'A' } })
    const wish = await ask({ project_id: id, kind: 'zip' })
    const file = await hero.service.db
      .selectFrom('file')
      .select('storage_key')
      .where('id', '=', fromWireId('upload', photoId) ?? '')
      .executeTakeFirstOrThrow()
    const broken = Buffer.from(photo.subarray(0, 400))
    await hero.service.storage.put(file.storage_key, broken, {
      bytes: broken.length,
      mediaType: 'image/jpeg',
      sha256: createHash('sha256').update(broken).digest(),
    })
    await perform(wish.id)
    expect(await read(wish.id)).toMatchObject({
      state: 'failed',
      failure: { code: 'photo-failed', upload_id: photoId },
    })
    expect((await person.request(`/v1/exports/${wish.id}/content`)).status).toBe(409)
  })

  test('a mistake of ours is tried again, and at last told', async () => {
    const { id, uploads } = await makeFull()
    const wish = await ask({ project_id: id, kind: 'zip' })
    const { storage_key: key } = await hero.service.db
      .selectFrom('file')
      .select('storage_key')
      .where('id', '=', fromWireId('upload', uploads[0] ?? '') ?? '')
      .executeTakeFirstOrThrow()
    await hero.service.storage.remove(key)
    await expect(perform(wish.id)).rejects.toThrow('no object in storage')
    expect((await read(wish.id)).state).toBe('running')
    await expect(perform(wish.id, { isLast: true })).rejects.toThrow('no object in storage')
    expect(await read(wish.id)).toMatchObject({ state: 'failed', failure: { code: 'internal' } })
    // The folder of the work is gone.
    expect(await readdir(join(hero.service.settings.HERO_DATA_DIR, 'exports'))).toEqual([])
  })

  test('work that is cut off anywhere leaves nothing, and the next attempt does all of it', async () => {
    const { id } = await makeFull()
    const wish = await ask({ project_id: id, kind: 'zip' })
    let cut = 0
    for (const ms of [1, 50, 200, 400]) {
      const isDone = await perform(wish.id, { signal: AbortSignal.timeout(ms) }).then(
        () => true,
        () => false,
      )
      if (!isDone) cut += 1
    }
    await perform(wish.id)
    expect((await read(wish.id)).state).toBe('succeeded')
    await contentOf(wish.id)
    expect(await readdir(join(hero.service.settings.HERO_DATA_DIR, 'exports'))).toEqual([])
    const { count } = await hero.service.db
      .selectFrom('file')
      .select((query) => query.fn.countAll<number>().as('count'))
      .where('kind', '=', 'export')
      .where('user_id', '=', person.userId)
      .executeTakeFirstOrThrow()
    expect(count).toBe(1)
    printCounts('export', { 'attempts cut off': cut, files: count })
  })

  test('an account that is full, and a project that is gone, are told', async () => {
    const { id, uploads } = await makeFull()
    const full = await ask({ project_id: id, kind: 'html' })
    const big = fromWireId('upload', uploads[0] ?? '') ?? ''
    await hero.service.db.updateTable('file').set({ bytes: 2_000_000_000 }).where('id', '=', big).execute()
    await perform(full.id)
    expect(await read(full.id)).toMatchObject({ state: 'failed', failure: { code: 'storage-full' }, bytes: null })
    const late = await ask({ project_id: id, kind: 'html' })
    await person.request(`/v1/projects/${id}`, { method: 'DELETE' })
    await perform(late.id)
    await person.request(`/v1/projects/${id}/restore`, { method: 'POST' })
    expect(await read(late.id)).toMatchObject({ state: 'failed', failure: { code: 'project-deleted' } })
  })

  test('a project for which the machine would work too long is refused before anything is drawn', async () => {
    const { id } = await makeProject()
    const large = await sharp({ create: { width: 6000, height: 4000, channels: 3, background: '#468' } })
      .jpeg()
      .toBuffer()
    const { id: photoId } = await upload(id, 'a.jpg', large)
    const widths = Array.from({ length: 16 }, (_, index) => 5000 - index)
    const crops = [...'abcdefg'].map((name) => ({
      name,
      ratio: `3:${2 + name.charCodeAt(0) / 1000}`,
      media: `(min-width: ${2000 - name.charCodeAt(0)}px)`,
      widths,
    }))
    const heavy = {
      crops: [...crops, { name: 'h', ratio: '3:2', widths }],
      formats: ['avif', 'webp', 'jpeg'],
      effort: 'smallest',
      photos: { [photoId]: { alt: '' } },
    }
    const response = await person.request(`/v1/projects/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': '*' },
      body: JSON.stringify({ settings: heavy }),
    })
    expect(response.status).toBe(200)
    const wish = await ask({ project_id: id, kind: 'zip' })
    await perform(wish.id)
    expect(await read(wish.id)).toMatchObject({ state: 'failed', failure: { code: 'too-large' } })
  })

  test('a job that was given to somebody else ends without a word', async () => {
    const { id } = await makeFull()
    const wish = await ask({ project_id: id, kind: 'zip' })
    await expect(
      perform(wish.id, { isLast: true, signal: AbortSignal.abort(new Error('given away')) }),
    ).rejects.toThrow()
    expect((await read(wish.id)).state).toBe('running')
  })
})
