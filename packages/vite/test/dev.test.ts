/** The dev server: imports encode nothing, pictures are drawn on request, edits show up. */
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import type { HeroAsset } from '@hero-image/core'
import sharp from 'sharp'
import { createServer, type InlineConfig, isRunnableDevEnvironment, mergeConfig, type ViteDevServer } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { urlsOf } from '../../unplugin/test/fixtures/contract.ts'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import { pinCrops } from '../../unplugin/test/fixtures/pins.ts'
import { createProject, type Project } from '../../unplugin/test/fixtures/project.ts'
import { testOptions } from '../../unplugin/test/fixtures/reference.ts'
import { heroPlugin, projectConfig, type Said } from './fixtures/build-project.ts'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

let project: Project
let server: ViteDevServer
let origin: string
let said: Said[]

async function start(config: InlineConfig = {}): Promise<void> {
  said = []
  const shared: InlineConfig = {
    ...projectConfig(project, said),
    plugins: [heroPlugin(project)],
    appType: 'mpa',
    server: { host: '127.0.0.1', port: 0, ws: false, fs: { strict: true, allow: [project.root] } },
    optimizeDeps: { noDiscovery: true },
  }
  server = await createServer(mergeConfig(shared, config))
  await server.listen()
  const address = server.httpServer?.address()
  origin = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
}

function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(url, origin), { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      )
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** The asset as the server's own code gets it. */
async function importAsset(path: string): Promise<HeroAsset> {
  const module = await server.ssrLoadModule(path)
  return module.default
}

/** The asset's module as a browser gets it, through the import of an entry. */
async function browserModule(entry: string): Promise<string> {
  const code = (await ask(entry)).body.toString()
  const url = /from\s*"([^"]*hero[^"]*)"/.exec(code)?.[1] ?? ''
  const { status, body } = await ask(url)
  const text = body.toString()
  if (status !== 200) throw new Error(`${url}: ${status} ${text}`)
  return text.replace(/\/\/# sourceMapping.*/, '')
}

const devUrls = (text: string): string[] => text.match(/[^"\s(,]*@hero-image\/[^"\s),]+/g) ?? []

async function eventually<T>(look: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
  const until = Date.now() + 5000
  for (;;) {
    const value = await look()
    if (isDone(value) || Date.now() > until) return value
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

/** Vite's watcher takes what happens to a file within 50 ms for one change, and tells of the first. */
const betweenSaves = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100))

beforeAll(async () => {
  project = await createProject({
    'package.json': '{"type":"module","name":"fixture"}',
    'a.jpg': await drawPhoto(0),
    'b.jpg': await drawPhoto(90),
    'shown.jpg': await drawPhoto(30),
    'entry.js': "import a from './a.jpg?hero'\nglobalThis.shown = a\n",
    'string.js': "import a from './a.jpg?hero'\nexport default String(a)\n",
    'look.css': '.a { background: url(./b.jpg?hero) center }\n',
    'look.js': "import './look.css'\n",
    'partial.css': '.a { background: url(./b.jpg?hero) center }\n',
    'imports.css': '@import "./partial.css";\n',
    'new-url.js': "export default new URL('./a.jpg?hero', import.meta.url).href\n",
    'index.html': '<!doctype html><html lang="en"><body><img src="./shown.jpg?hero" alt="x"></body></html>',
  })
})

afterAll(() => project.remove(''))

describe('pictures on request', () => {
  beforeAll(() => start())
  afterAll(() => server.close())

  test('an import encodes nothing; its URLs answer with what they promise', async () => {
    const module = await browserModule('/entry.js')
    const urls = [...new Set(devUrls(module))]
    expect(urls).toHaveLength(9)
    expect(existsSync(project.at('cache/v1/variant'))).toBe(false)
    for (const url of urls) {
      const { status, headers, body } = await ask(url)
      expect(status, url).toBe(200)
      const { width, height, format } = await sharp(body).metadata()
      expect(url).toContain(`-${width}x${height}.`)
      expect(headers['content-type']).toBe(`image/${format === 'heif' ? 'avif' : format}`)
      expect(headers['content-length']).toBe(String(body.length))
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
    expect((await readdir(project.at('cache/v1/variant'), { recursive: true })).length).toBeGreaterThan(0)
  })

  test('ETag, 304, HEAD, ranges and other methods', async () => {
    const { src } = await importAsset('/a.jpg?hero')
    const whole = await ask(src)
    const etag = String(whole.headers.etag)
    expect(etag).toMatch(/^"a-40x50\.\w+\.jpg"$/)
    expect(await ask(src, { 'if-none-match': etag })).toMatchObject({ status: 304, body: Buffer.alloc(0) })
    expect(await ask(src, { 'if-none-match': `"other", W/${etag}` })).toMatchObject({ status: 304 })
    expect(await ask(src, { 'if-none-match': '"other"' })).toMatchObject({ status: 200 })
    const head = await ask(src, {}, 'HEAD')
    expect(head).toMatchObject({ status: 200, body: Buffer.alloc(0) })
    expect(head.headers['content-length']).toBe(String(whole.body.length))
    const range = await ask(src, { range: 'bytes=0-9' })
    expect(range.status).toBe(200)
    expect(range.body.equals(whole.body)).toBe(true)
    expect(range.headers['accept-ranges']).toBe('none')
    expect(await ask(src, {}, 'POST')).toMatchObject({ status: 405 })
  })

  test('only signed URLs', async () => {
    const { src } = await importAsset('/a.jpg?hero')
    const [start, signature, subject, name] = /^(.*@hero-image\/)([^/]+)\/([^/]+)\/(.+)$/.exec(src)?.slice(1) ?? []
    const forged = Buffer.from(JSON.stringify([project.at('b.jpg'), 'hero'])).toString('base64url')
    for (const url of [
      `${start}${signature}/${forged}/${name}`,
      `${start}${signature}/${subject}/${name?.replace('40x50', '40x51')}`,
      `${start}x/${subject}/${name}`,
      `${start}${signature}/${subject}/${name}/more`,
      `${start}`,
      `${start}..%2f..%2fetc%2fpasswd`,
    ]) {
      expect((await ask(url)).status, url).toBe(403)
    }
    expect((await ask(`${src}?t=1`)).status).toBe(200)
  })

  test('Vite’s host check comes first', async () => {
    const { src } = await importAsset('/a.jpg?hero')
    expect((await ask(src, { host: 'evil.example' })).status).toBe(403)
    expect((await ask(src, { host: 'evil.example' })).body.toString()).toContain('not allowed')
  })

  test('server code and browser code get the same URLs', async () => {
    const urls = urlsOf(await importAsset('/a.jpg?hero'))
    expect(new Set(devUrls(await browserModule('/entry.js')))).toEqual(new Set(urls))
    const { ssr } = server.environments
    if (ssr === undefined || !isRunnableDevEnvironment(ssr)) throw new Error('no runner')
    const module = await ssr.runner.import('/a.jpg?hero')
    expect(urlsOf(module.default)).toEqual(urls)
  })

  test('an asset in a template string is the URL of the fallback', async () => {
    const { src } = await importAsset('/a.jpg?hero')
    await expect(server.ssrLoadModule('/string.js')).resolves.toMatchObject({ default: src })
  })

  test('a CSS background', async () => {
    const css = (await ask('/look.css', { accept: 'text/css' })).body.toString()
    expect(css).toContain('@media (min-width: 640px)')
    const urls = devUrls(css)
    expect(urls.length).toBeGreaterThan(4)
    for (const url of urls) expect((await ask(url)).status, url).toBe(200)
    expect((await ask('/look.js')).body.toString()).toContain('/look.css')
  })

  test('an image of index.html', async () => {
    const html = (await ask('/', { accept: 'text/html' })).body.toString()
    expect(html).toContain('<picture><source media="(min-width: 640px)" type="image/avif"')
    for (const url of devUrls(html)) expect((await ask(url)).status, url).toBe(200)
  })

  test('what cannot become a picture is refused in dev too', async () => {
    const text = async (url: string): Promise<string> => (await ask(url, { accept: 'text/css' })).body.toString()
    expect(await text('/new-url.js')).toContain('HERO_UNSUPPORTED_REFERENCE')
    expect(await text('/imports.css')).toContain('partial.css:1')
    expect(await text('/none.jpg?hero')).not.toContain('export default')
  })
})

describe('other set-ups', () => {
  afterEach(() => server.close())

  test('URLs survive a restart', async () => {
    await start()
    const before = urlsOf(await importAsset('/a.jpg?hero'))
    await server.close()
    await start()
    for (const url of before) expect((await ask(url)).status).toBe(200)
    expect(urlsOf(await importAsset('/a.jpg?hero'))).toEqual(before)
  })

  test('server.restart() with plugins of an inline config', async () => {
    await start()
    const before = urlsOf(await importAsset('/a.jpg?hero'))
    await server.restart()
    const address = server.httpServer?.address()
    origin = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : origin
    expect(urlsOf(await importAsset('/a.jpg?hero'))).toEqual(before)
    expect((await ask(before[0] ?? '')).status).toBe(200)
  })

  test('base /sub/', async () => {
    await start({ base: '/sub/' })
    const asset = await importAsset('/a.jpg?hero')
    expect(asset.src.startsWith('/sub/@hero-image/')).toBe(true)
    expect((await ask(asset.src)).status).toBe(200)
    const html = (await ask('/sub/', { accept: 'text/html' })).body.toString()
    for (const url of devUrls(html)) expect((await ask(url)).status, url).toBe(200)
  })

  test('server.origin stands before the URLs', async () => {
    await start({ server: { origin: 'https://backend.example' } })
    expect((await importAsset('/a.jpg?hero')).src).toMatch(/^https:\/\/backend\.example\/@hero-image\//)
  })

  test('photos outside of server.fs.allow are not shown', async () => {
    const elsewhere = await createProject({ 'secret.jpg': await drawPhoto(200) })
    await start({ server: { fs: { allow: [elsewhere.root] } } })
    const { src } = await importAsset(`${elsewhere.at('secret.jpg')}?hero`)
    expect((await ask(src)).status).toBe(200)
    await server.close()
    await start()
    expect((await ask(src)).status).toBe(403)
    await expect(importAsset(`${elsewhere.at('secret.jpg')}?hero`)).rejects.toThrow(/server\.fs\.allow/)
    const hidden = `/a.jpg?import&hero&hero-file=${Buffer.from(elsewhere.at('secret.jpg')).toString('base64url')}`
    const answer = await ask(hidden)
    expect(answer.status).not.toBe(200)
    expect(answer.body.toString()).not.toContain('radial-gradient')
    await elsewhere.remove('')
  })

  test('a middleware server without a port of its own', async () => {
    said = []
    server = await createServer({
      ...projectConfig(project, said),
      plugins: [heroPlugin(project)],
      server: { middlewareMode: true, ws: false, watch: null },
      appType: 'custom',
    })
    expect((await importAsset('/a.jpg?hero')).src).toContain('/@hero-image/')
  })
})

describe('edits', () => {
  beforeEach(async () => {
    await project.write('edited.jpg', await drawPhoto(10))
    await project.remove('edited.jpg.hero.json')
    await project.write('edited.js', "import a from './edited.jpg?hero'\nexport default a\n")
    await start()
  })
  afterEach(() => server.close())

  const source = async (): Promise<string> => (await importAsset('/edited.js')).src
  const alt = async (): Promise<string | undefined> => (await importAsset('/edited.js')).alt
  const browserSource = async (): Promise<string> => devUrls(await browserModule('/edited.js'))[0] ?? ''

  test('a photo', async () => {
    const before = await source()
    const inBrowser = await browserSource()
    await project.write('edited.jpg', await drawPhoto(250))
    const after = await eventually(source, (src) => src !== before)
    expect(after).not.toBe(before)
    expect(await eventually(browserSource, (src) => src !== inBrowser)).not.toBe(inBrowser)
    expect((await ask(after)).status).toBe(200)
    expect(await ask(before)).toMatchObject({ status: 404 })
  })

  test('a photo that an editor replaces', async () => {
    const before = await source()
    await project.remove('edited.jpg')
    await new Promise((resolve) => setTimeout(resolve, 200))
    await project.write('edited.jpg', await drawPhoto(77))
    const tolerant = (): Promise<string> => source().catch(() => before)
    expect(await eventually(tolerant, (src) => src !== before)).not.toBe(before)
  })

  test('a sidecar: first save, edit, deletion', async () => {
    expect(await alt()).toBeUndefined()
    await project.write('edited.jpg.hero.json', '{ "alt": "one" }')
    expect(await eventually(alt, (text) => text === 'one')).toBe('one')
    await betweenSaves()
    await project.write('edited.jpg.hero.json', '{ "alt": "two" }')
    expect(await eventually(alt, (text) => text === 'two')).toBe('two')
    await betweenSaves()
    await project.remove('edited.jpg.hero.json')
    expect(await eventually(alt, (text) => text === undefined)).toBeUndefined()
  })

  test('a sidecar moves the crop that browsers get', async () => {
    const before = await browserSource()
    await project.write('edited.jpg.hero.json', '{ "focus": { "x": 0, "y": 0 } }')
    expect(await eventually(browserSource, (src) => src !== before)).not.toBe(before)
  })

  test('the lock: first save, edit, deletion', async () => {
    // The last URL is of the tall crop, which has room beside it.
    const tall = async (): Promise<string> => devUrls(await browserModule('/edited.js')).at(-1) ?? ''
    const before = await tall()
    const pin = (x: number): Promise<void> => pinCrops(project.root, project.at('edited.jpg'), '?hero', x, testOptions)
    await pin(0)
    const pinned = await eventually(tall, (src) => src !== before)
    expect(pinned).not.toBe(before)
    await betweenSaves()
    await pin(1)
    expect(await eventually(tall, (src) => src !== pinned)).not.toBe(pinned)
    await project.remove('hero.lock.json')
    expect(await eventually(tall, (src) => src === before)).toBe(before)
  })

  test('a photo that only HTML shows reloads the page', async () => {
    await ask('/', { accept: 'text/html' })
    const sent: string[] = []
    const { hot } = server.environments.client ?? {}
    const send = hot?.send.bind(hot)
    if (hot !== undefined) {
      hot.send = (...what: [unknown, ...unknown[]]) => {
        sent.push(JSON.stringify(what))
        if (send !== undefined) Reflect.apply(send, hot, what)
      }
    }
    await project.write('shown.jpg', await drawPhoto(31))
    await eventually(
      () => Promise.resolve(sent.join()),
      (text) => text.includes('full-reload'),
    )
    expect(sent.join()).toContain('full-reload')
  })

  test('a CSS background follows its photo and the first save of a sidecar', async () => {
    const css = async (): Promise<string> => (await ask('/look.css', { accept: 'text/css' })).body.toString()
    const before = await css()
    await project.write('b.jpg', await drawPhoto(91))
    const after = await eventually(css, (text) => text !== before)
    expect(after).not.toBe(before)
    await project.write('b.jpg.hero.json', '{ "focus": { "x": 0, "y": 1 } }')
    expect(await eventually(css, (text) => text !== after)).not.toBe(after)
    await project.remove('b.jpg.hero.json')
    expect(await eventually(css, (text) => text === after)).toBe(after)
  })

  test('the sidecar of a photo that only HTML shows reloads the page', async () => {
    await ask('/', { accept: 'text/html' })
    const html = async (): Promise<string> => (await ask('/', { accept: 'text/html' })).body.toString()
    const before = await html()
    await project.write('shown.jpg.hero.json', '{ "focus": { "x": 0, "y": 1 } }')
    expect(await eventually(html, (text) => text !== before)).not.toBe(before)
  })
})
