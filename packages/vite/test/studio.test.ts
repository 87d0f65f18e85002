/** The studio in Vite's dev server: where it is, what its list says, who may see it, and that no build has it. */
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer, type InlineConfig, mergeConfig, type ViteDevServer } from 'vite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import { createProject, type Project } from '../../unplugin/test/fixtures/project.ts'
import { toDock } from '../src/dev/dock.ts'
import { buildProject, heroPlugin, projectConfig, type Said } from './fixtures/build-project.ts'

let project: Project
let server: ViteDevServer
let said: Said[]

async function start(config: InlineConfig = {}): Promise<void> {
  said = []
  const shared: InlineConfig = {
    ...projectConfig(project, said),
    plugins: [heroPlugin(project)],
    server: { host: '127.0.0.1', port: 0, ws: false, watch: null },
    resolve: { alias: { '#pictures': project.at('pictures') } },
    optimizeDeps: { noDiscovery: true },
  }
  server = await createServer(mergeConfig(shared, config))
  await server.listen()
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

function isListening(address: AddressInfo | string | null | undefined): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

function ask(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  const address = server.httpServer?.address()
  if (!isListening(address)) throw new Error('The server has no address.')
  return new Promise((resolve, reject) => {
    const asked = request(
      { port: address.port, host: '127.0.0.1', path, method, headers, agent: false },
      (response) => {
        let text = ''
        response.on('data', (part) => {
          text += part
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}

const list = async (): Promise<object> => JSON.parse((await ask('/__hero/api/photos')).text).photos

beforeEach(async () => {
  project = await createProject({
    'package.json': '{"type":"module","name":"fixture"}',
    'photos/a.jpg': await drawPhoto(0),
    'photos/b.jpg': await drawPhoto(40),
    'photos/c.jpg': await drawPhoto(80),
    'photos/d.jpg': await drawPhoto(160),
    'pictures/e.jpg': await drawPhoto(200),
    'index.html': '<img src="./photos/c.jpg?hero" alt="c"><script type="module" src="/main.js"></script>',
    'main.js': "import a from './photos/a.jpg?hero'\nimport './look.css'\nglobalThis.shown = a\n",
    'look.css': 'body { background: url(photos/b.jpg?hero=card) }\n',
    'later.js': "import d from './photos/d.jpg?hero'\nimport e from '#pictures/e.jpg?hero'\nexport default [d, e]\n",
    'dist/old.js': "import d from '../photos/d.jpg?hero=card'\n",
  })
})

afterEach(async () => {
  await server?.close()
  await project.remove('')
})

test('the list is complete before any page was opened, and says what has been loaded since', async () => {
  await start()
  const use = (query: string, importer: string, loaded: boolean): object => ({ query, importers: [importer], loaded })
  const photos = (loaded: boolean): object => [
    { path: 'photos/a.jpg', uses: [use('hero', 'main.js', loaded)] },
    { path: 'photos/b.jpg', uses: [use('hero=card', 'look.css', loaded)] },
    { path: 'photos/c.jpg', uses: [use('hero', 'index.html', loaded)] },
    { path: 'photos/d.jpg', uses: [use('hero', 'later.js', false)] },
    { path: 'pictures/e.jpg', uses: [use('hero', 'later.js', false)] },
  ]
  expect(await list()).toEqual(photos(false))
  await ask('/', { accept: 'text/html' })
  await server.transformRequest('/main.js')
  await server.transformRequest('/photos/a.jpg?hero')
  await server.transformRequest('/look.css')
  expect(await list()).toEqual(photos(true))
})

test('it lies below the base, beside the pages of the site', async () => {
  await start({ base: '/shop/' })
  expect(await ask('/shop/__hero/')).toMatchObject({ status: 200, text: expect.stringContaining('hero-token') })
  expect((await ask('/shop/__hero')).headers.location).toBe('/shop/__hero/')
  expect((await ask('/shop/__heroes', { accept: 'text/html' })).text).not.toContain('hero-token')
  expect((await ask('/shop/__hero/studio.js')).headers['content-type']).toMatch(/javascript/)
})

test('its address is one more line where Vite prints its own', async () => {
  await start()
  server.printUrls()
  const lines = said.filter(({ text }) => text.includes('__hero'))
  expect(lines).toEqual([{ level: 'info', text: expect.stringMatching(/http:\/\/127\.0\.0\.1:\d+\/__hero\//) }])
})

describe('who may see it', () => {
  test('looking follows allowedHosts, saving does not', async () => {
    await start({ server: { allowedHosts: ['desk.example'] } })
    const desk = await ask('/__hero/', { host: 'desk.example' })
    expect([desk.status, desk.text.includes('hero-token')]).toEqual([200, false])
    expect((await ask('/__hero/', { host: 'evil.example' })).status).toBe(403)
    expect((await ask('/__hero/api/sidecar?photo=photos/a.jpg', { host: 'desk.example' }, 'PUT')).status).toBe(403)
  })

  test('a page of another port reads nothing, though Vite lets it read the site', async () => {
    await start({ server: { cors: true } })
    const answer = await ask('/__hero/', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' })
    expect(answer.status).toBe(403)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    expect((await ask('/__hero/')).headers['access-control-allow-origin']).toBeUndefined()
  })

  test('photos outside of server.fs.allow are not in the list', async () => {
    await start({ server: { fs: { strict: true, allow: [project.at('pictures')] } } })
    expect(await list()).toEqual([expect.objectContaining({ path: 'pictures/e.jpg' })])
    expect((await ask('/__hero/api/photo?photo=photos/a.jpg')).status).toBe(404)
  })
})

test('Vite DevTools get an entry that shows it', async () => {
  const entries: object[] = []
  toDock(() => '/shop/__hero/').setup({ docks: { register: (entry) => entries.push(entry) } })
  expect(entries).toEqual([
    expect.objectContaining({
      id: 'hero-image',
      type: 'iframe',
      url: '/shop/__hero/',
      icon: expect.stringMatching(/^data:/),
    }),
  ])
  const found = heroPlugin(project).filter((plugin) => 'devtools' in plugin)
  expect(found.map(({ name }) => name)).toEqual(['hero-image:studio'])
})

test('no build has a trace of it', async () => {
  const files = await buildProject(project, 'out')
  expect(files.size).toBeGreaterThan(3)
  for (const [name, bytes] of files) {
    expect(name).not.toMatch(/__hero|studio|cropper/)
    expect(bytes.toString('latin1'), name).not.toMatch(/__hero|hero-token|hero-cropper|@hero-image\/studio/)
  }
})
