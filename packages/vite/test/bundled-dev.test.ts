/** Vite's dev server that bundles (`experimental.bundledDev`): pictures on request, edits seen. */
import { createServer, mergeConfig, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import { createProject, type Project } from '../../unplugin/test/fixtures/project.ts'
import { heroPlugin, projectConfig } from './fixtures/build-project.ts'

let project: Project
let server: ViteDevServer
let origin: string

beforeAll(async () => {
  project = await createProject({
    'hero.jpg': await drawPhoto(),
    'main.js': "import hero from './hero.jpg?hero'\nconsole.log(`${hero}`)\n",
    'index.html': '<!doctype html><html lang="en"><script type="module" src="/main.js"></script></html>',
  })
  const own = {
    plugins: [heroPlugin(project)],
    experimental: { bundledDev: true },
    server: { host: '127.0.0.1', port: 0 },
  }
  server = await createServer(mergeConfig(projectConfig(project), own))
  await server.listen()
  origin = server.resolvedUrls?.local[0] ?? ''
})
afterAll(async () => {
  await server?.close()
  await project?.remove('')
})

const read = async (path: string): Promise<string> =>
  (await fetch(new URL(path, origin), { headers: { accept: 'text/html' } })).text()

/** Looks at the page's scripts until they name a picture that is another one. */
async function pictureAfter(before: string): Promise<string> {
  for (;;) {
    const scripts = [...(await read('/')).matchAll(/src="([^"]+\.js)"/g)].map(([, path = '']) => read(path))
    const [picture = ''] = /\/@hero-image\/[^"'\s]+\.jpg/.exec((await Promise.all(scripts)).join('')) ?? []
    if (picture !== '' && picture !== before) return picture
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** The URL's own picture: an older one is no longer planned. */
async function expectServed(picture: string): Promise<void> {
  const response = await fetch(new URL(picture, origin))
  expect(response.headers.get('content-type')).toBe('image/jpeg')
}

test('pages show pictures, and edits of the photo and a first sidecar change them', async () => {
  const first = await pictureAfter('')
  await expectServed(first)
  await project.write('hero.jpg', await drawPhoto(200))
  const edited = await pictureAfter(first)
  await expectServed(edited)
  await project.write('hero.jpg.hero.json', '{ "focus": { "x": 0, "y": 0 } }')
  await expectServed(await pictureAfter(edited))
})
