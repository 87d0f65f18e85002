/** The studio over HTTP: what it shows, what it saves, and everything that must not work. */
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine, type Engine, resolveOptions } from '@hero-image/core'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import { createProject, type Project } from '../../unplugin/test/fixtures/project.ts'
import { testOptions } from '../../unplugin/test/fixtures/reference.ts'
import { createFindPhoto, createScan, type ServedStudio, serveStudio } from '../src/index.ts'
import type { PhotoDetails, PhotoList } from '../src/wire.ts'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

let project: Project
let outside: string
let engine: Engine
let studio: ServedStudio
let origin: string
let token: string

interface Ask {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

function ask(path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer> {
  const { hostname, port } = new URL(studio.url)
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers, agent: false, family: 4 }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

const readJson = async <T>(path: string): Promise<T> => JSON.parse((await ask(path)).body.toString())
const details = (photo: string): Promise<PhotoDetails> =>
  readJson(`/__hero/api/photo?photo=${encodeURIComponent(photo)}`)

/** Saves as the page does. */
function save(photo: string, body: object | string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return ask(`/__hero/api/sidecar?photo=${encodeURIComponent(photo)}`, {
    method: 'PUT',
    headers: {
      origin,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
      'x-hero-token': token,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

const sidecarText = (path: string): Promise<string> => readFile(project.at(`${path}.hero.json`), 'utf8')

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'hero-outside-'))
  await mkdir(join(outside, 'shared'))
  await writeFile(join(outside, 'shared/far.jpg'), await drawPhoto(60))
  project = await createProject({
    'src/a.jpg': await drawPhoto(0),
    'src/b.jpg': await drawPhoto(30),
    'src/broken.jpg': 'no photo',
    'src/hidden.jpg': await drawPhoto(90),
    'node_modules/kit/kit.jpg': await drawPhoto(120),
    'dist/main.js': "import a from '../src/hidden.jpg?hero'",
    'src/main.js': [
      "import a from './a.jpg?hero'",
      "import card from './a.jpg?hero=card'",
      "import b from '@/b.jpg?hero=typo'",
      "import broken from './broken.jpg?hero'",
      "import far from './shared/far.jpg?hero'",
      "import kit from '../node_modules/kit/kit.jpg?hero'",
      "import linked from './linked.jpg?hero'",
      "import gone from './gone.jpg?hero'",
    ].join('\n'),
    'src/look.css': '.a { background: url(a.jpg?hero) }',
    'secret.json': '{}',
  })
  // The folder leads out of the project; the sidecar of the other photo does.
  await symlink(join(outside, 'shared'), project.at('src/shared'))
  await project.write('src/linked.jpg', await drawPhoto(150))
  await writeFile(join(outside, 'victim.json'), 'untouched')
  await symlink(join(outside, 'victim.json'), project.at('src/linked.jpg.hero.json'))
  engine = createEngine(resolveOptions({ ...testOptions, cache: { dir: project.at('cache') } }, project.root))
  studio = await serveStudio({
    engine,
    uses: createScan({ root: project.root, find: createFindPhoto(project.root) }),
    port: 0,
    warn: (message) => expect.unreachable(message),
  })
  origin = new URL(studio.url).origin
  const page = await ask('/__hero/', { headers: { host: new URL(origin).host } })
  token = /name="hero-token" content="([^"]+)"/.exec(page.body.toString())?.[1] ?? ''
})

afterAll(async () => {
  await studio.close()
  await engine.close()
  await project.remove('')
  await rm(outside, { recursive: true })
})

beforeEach(() => project.remove('src/a.jpg.hero.json'))

describe('the page', () => {
  test('runs only what it brought, and asks nobody else', async () => {
    const first = await ask('/__hero/')
    const second = await ask('/__hero/')
    const policy = String(first.headers['content-security-policy'])
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1]
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|https?:/)
    expect(first.body.toString()).toContain(`<script type="module" src="studio.js" nonce="${nonce}">`)
    expect(first.body.toString()).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    expect(second.headers['content-security-policy']).not.toBe(policy)
  })

  test('gives its token to nobody who asks from elsewhere', async () => {
    expect(token).toMatch(/^[\w-]{43}$/)
    const crossed = {
      headers: { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
    }
    for (const answer of [
      await ask('/__hero/', crossed),
      await ask('/__hero/', { headers: { host: 'evil.example' } }),
    ]) {
      expect(answer.status).toBe(403)
      expect(answer.body.toString()).not.toContain(token)
    }
    const proxied = await ask('/__hero/', { headers: { 'x-forwarded-for': '203.0.113.9' } })
    expect([proxied.status, proxied.body.includes('hero-token')]).toEqual([200, false])
  })

  test('is found without its slash, and nothing else is', async () => {
    expect(await ask('/__hero')).toMatchObject({ status: 308, headers: { location: '/__hero/' } })
    for (const path of [
      '/__hero/../secret.json',
      '/__hero/%2e%2e/secret.json',
      '/__hero/studio.js.map',
      '/secret.json',
    ]) {
      expect((await ask(path)).status).toBe(404)
    }
  })
})

describe('the list', () => {
  test('has every mention, grouped by photo, and names what leads nowhere', async () => {
    const { photos, missing } = await readJson<PhotoList>('/__hero/api/photos')
    expect(photos.map(({ path }) => path)).toEqual([
      'node_modules/kit/kit.jpg',
      'src/a.jpg',
      'src/b.jpg',
      'src/broken.jpg',
      'src/linked.jpg',
      'src/shared/far.jpg',
    ])
    expect(photos[1]?.uses).toEqual([
      { query: 'hero', importers: ['src/look.css', 'src/main.js'], loaded: false },
      { query: 'hero=card', importers: ['src/main.js'], loaded: false },
    ])
    expect(missing).toEqual([{ written: './gone.jpg?hero', importer: 'src/main.js' }])
  })

  test('a photo comes with crops that explain themselves, and with all that the editor needs', async () => {
    const photo = await details('src/a.jpg')
    expect(photo).toMatchObject({ width: 160, height: 120, version: 'none', sidecar: {} })
    expect(photo.uses.map(({ crops }) => crops.map(({ name }) => name))).toEqual([['wide', 'tall'], ['card']])
    const [wide] = photo.uses[0]?.crops ?? []
    expect(wide).toMatchObject({ ratio: 2, rect: { width: 1 }, reason: expect.stringMatching(/./) })
    expect(photo.requests.map(({ preset, name }) => `${preset} ${name}`)).toEqual([
      'hero wide',
      'hero tall',
      'card card',
    ])
    expect(photo.subject.boxes).toBeInstanceOf(Array)
    for (const url of [photo.thumbnail, photo.picture]) {
      const picture = await ask(`/__hero/${url}`)
      expect(await sharp(picture.body).metadata()).toMatchObject({ format: 'webp', width: 160, height: 120 })
    }
  })

  test('mistakes are told where they are', async () => {
    expect((await details('src/b.jpg')).uses[0]?.problem).toMatch(/typo/)
    const broken = await ask('/__hero/api/photo?photo=src/broken.jpg')
    expect([broken.status, broken.body.toString()]).toEqual([422, expect.stringMatching(/"error":"/)])
  })
})

describe('a save', () => {
  test('writes a small readable file, and the crops follow', async () => {
    const { version, hash } = await details('src/a.jpg')
    const answer = await save('src/a.jpg', { sidecar: { focus: { x: 0.1, y: 0.2 }, photo: hash }, version })
    expect(answer.status).toBe(200)
    expect(await sidecarText('src/a.jpg')).toBe(
      [
        '{',
        '  "$schema": "https://unpkg.com/@hero-image/core/sidecar.schema.json",',
        '  "focus": { "x": 0.1, "y": 0.2 },',
        `  "photo": "${hash}"`,
        '}',
        '',
      ].join('\n'),
    )
    const after = await details('src/a.jpg')
    expect(after.version).toBe(JSON.parse(answer.body.toString()).version)
    expect(after.uses[0]?.crops[0]).toMatchObject({ rect: { y: 0 } })
  })

  test('of nothing removes the file', async () => {
    await project.write('src/a.jpg.hero.json', '{ "alt": "A disc" }')
    const { version, sidecar } = await details('src/a.jpg')
    expect(sidecar).toEqual({ alt: 'A disc' })
    const answer = await save('src/a.jpg', { sidecar: {}, version })
    expect(JSON.parse(answer.body.toString())).toEqual({ sidecar: {}, version: 'none' })
    await expect(sidecarText('src/a.jpg')).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('that started from another version is refused, and told what is there now', async () => {
    const { version } = await details('src/a.jpg')
    await project.write('src/a.jpg.hero.json', '{ "alt": "From a colleague" }')
    const answer = await save('src/a.jpg', { sidecar: { alt: 'Mine' }, version })
    expect(answer.status).toBe(409)
    const { version: theirs, sidecar } = JSON.parse(answer.body.toString())
    expect(sidecar).toEqual({ alt: 'From a colleague' })
    expect(await sidecarText('src/a.jpg')).toContain('From a colleague')
    expect((await save('src/a.jpg', { sidecar: { alt: 'Mine' }, version: theirs })).status).toBe(200)
  })

  test('of two at once only one wins', async () => {
    const { version } = await details('src/a.jpg')
    const both = ['one', 'two'].map((alt) => save('src/a.jpg', { sidecar: { alt }, version }))
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('may replace a sidecar that nobody can read', async () => {
    await project.write('src/a.jpg.hero.json', '{')
    const { version, sidecarProblem } = await details('src/a.jpg')
    expect(sidecarProblem).toMatch(/not valid JSON/)
    expect((await save('src/a.jpg', { sidecar: { alt: 'Again' }, version })).status).toBe(200)
  })
})

describe('a save that must not work', () => {
  const fine = { sidecar: { alt: 'x' }, version: 'none' }
  const attacks: readonly (readonly [string, () => Promise<Answer>, number])[] = [
    [
      'another site',
      () => save('src/a.jpg', fine, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }),
      403,
    ],
    [
      'another port',
      () => save('src/a.jpg', fine, { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' }),
      403,
    ],
    [
      'a name that was pointed here',
      () => save('src/a.jpg', fine, { host: 'evil.example', origin: 'http://evil.example' }),
      403,
    ],
    ['a proxy', () => save('src/a.jpg', fine, { 'x-forwarded-for': '203.0.113.9' }), 403],
    ['a proxy that says only how it was called', () => save('src/a.jpg', fine, { 'x-forwarded-proto': 'https' }), 403],
    ['a proxy that says only who it is', () => save('src/a.jpg', fine, { via: '1.1 proxy' }), 403],
    ['a wrong token', () => save('src/a.jpg', fine, { 'x-hero-token': 'x'.repeat(43) }), 403],
    ['a form', () => save('src/a.jpg', fine, { 'content-type': 'text/plain' }), 415],
    ['a photo that is not imported', () => save('src/hidden.jpg', fine), 404],
    ['a path out of the project', () => save('../../etc/passwd', fine), 404],
    ['a path that only looks like a photo', () => save('src/../src/a.jpg', fine), 404],
    ['an absolute path', () => save(project.at('src/a.jpg'), fine), 404],
    ['a folder that leads out of the project', () => save('src/shared/far.jpg', fine), 403],
    ['an installed package', () => save('node_modules/kit/kit.jpg', fine), 403],
    ['a sidecar that is a link', () => save('src/linked.jpg', fine), 403],
    ['what is no JSON', () => save('src/a.jpg', '{"sidecar":'), 400],
    ['what is no save', () => save('src/a.jpg', { sidecar: [], version: 1 }), 400],
    ['an unknown field', () => save('src/a.jpg', { sidecar: { __proto__: null, evil: 1 }, version: 'none' }), 422],
    [
      'a focus outside of the photo',
      () => save('src/a.jpg', { sidecar: { focus: { x: 3, y: 0 } }, version: 'none' }),
      422,
    ],
    ['a body that is too large', () => save('src/a.jpg', { ...fine, sidecar: { alt: 'x'.repeat(70_000) } }), 413],
    ['another method', () => ask('/__hero/api/sidecar?photo=src/a.jpg', { method: 'POST' }), 405],
    ['a write elsewhere', () => ask('/__hero/api/photo?photo=src/a.jpg', { method: 'PUT' }), 405],
  ]

  test.each(attacks)('%s', async (_, attack, status) => {
    expect((await attack()).status).toBe(status)
    const files = [...(await project.files('src')).keys()].filter((name) => name.endsWith('.hero.json'))
    expect(files).toEqual([])
    expect(await readFile(join(outside, 'victim.json'), 'utf8')).toBe('untouched')
    await expect(readFile(join(outside, 'shared/far.jpg.hero.json'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
