/** File names that hosts like to cut or decode: they simply work, in builds and in dev. */
import { request } from 'node:http'
import { createServer } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectContract, urlsOf } from '../../unplugin/test/fixtures/contract.ts'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import { createProject, type Project } from '../../unplugin/test/fixtures/project.ts'
import { createReference, type Reference } from '../../unplugin/test/fixtures/reference.ts'
import { runBuilt } from '../../unplugin/test/fixtures/run-built.ts'
import { buildProject, heroPlugin, projectConfig } from './fixtures/build-project.ts'

let project: Project
let reference: Reference

/** On disk, as written in an import, as written in HTML and CSS. */
const names: readonly (readonly [string, string, string])[] = [
  ['two words.jpg', './two words.jpg', 'two%20words.jpg'],
  ['number#1.jpg', './number#1.jpg', 'number%231.jpg'],
  ['why?.jpg', './why?.jpg', 'why%3F.jpg'],
  ['100%.jpg', './100%.jpg', '100%25.jpg'],
  ['50%20off.jpg', './50%20off.jpg', '50%2520off.jpg'],
  ['caf\u00e9.jpg', './cafe\u0301.jpg', 'caf%C3%A9.jpg'],
  ['cafe\u0301-nfd.jpg', './caf\u00e9-nfd.jpg', 'cafe%CC%81-nfd.jpg'],
  ['-dash.jpg', './-dash.jpg', '-dash.jpg'],
  ['UPPER.JPG', './UPPER.JPG', 'UPPER.JPG'],
  ["quote's.jpg", "./quote's.jpg", "quote's.jpg"],
  ['brackets (1) [2].jpg', './brackets (1) [2].jpg', 'brackets%20%281%29%20%5B2%5D.jpg'],
  ['and&more=1.jpg', './and&more=1.jpg', 'and&more=1.jpg'],
  ['画像.jpg', './画像.jpg', '画像.jpg'],
  ['no-extension', './no-extension', 'no-extension'],
]

beforeAll(async () => {
  const photo = await drawPhoto(0)
  project = await createProject({ 'package.json': '{"type":"module","name":"fixture"}' })
  for (const [index, [name, specifier, encoded]] of names.entries()) {
    await project.write(name, photo)
    await project.write(
      `${index}.js`,
      `import a from ${JSON.stringify(`${specifier}?hero`)}\nexport default a\nglobalThis.shown = a\n`,
    )
    await project.write(
      `${index}.html`,
      `<!doctype html><html lang="en"><head><style>p { background: url("${encoded}?hero") }</style></head>` +
        `<body><img src="./${encoded.replaceAll('&', '&amp;')}?hero" alt=""></body></html>`,
    )
  }
  reference = createReference(project.root)
})

afterAll(async () => {
  await reference.close()
  await project.remove('')
})

const input = (entry: string) => ({
  build: { target: 'esnext', rolldownOptions: { input: project.at(entry), output: { entryFileNames: '[name].js' } } },
})

describe('builds', () => {
  test.each(names.map(([name], index) => [name, index] as const))('%s', async (name, index) => {
    const expected = await reference.filesOf({ file: project.at(name), query: 'hero' })
    await expectContract(await buildProject(project, `out-${index}`, input(`${index}.js`)), expected)
    await expect(runBuilt(project.at(`out-${index}/${index}.js`))).resolves.toHaveLength(1)
    const page = await buildProject(project, `page-${index}`, input(`${index}.html`))
    await expectContract(page, expected)
    expect(page.get(`${index}.html`)?.toString()).toContain('@supports')
  })

  test('import.meta.glob over all of them', async () => {
    await project.write(
      'glob.js',
      "globalThis.shown = Object.values(import.meta.glob('./*.{jpg,JPG}', { eager: true, import: 'default', query: '?hero' }))\n",
    )
    await buildProject(project, 'out-glob', input('glob.js'))
    await expect(runBuilt(project.at('out-glob/glob.js'))).resolves.toHaveLength(names.length - 1)
  })
})

test('dev', async () => {
  const server = await createServer({
    ...projectConfig(project),
    plugins: [heroPlugin(project)],
    appType: 'mpa',
    server: { host: '127.0.0.1', port: 0, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  })
  await server.listen()
  const address = server.httpServer?.address()
  const origin = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
  const ask = (url: string): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      request(new URL(url, origin), { agent: false, headers: { accept: 'text/html,*/*' } }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }))
      })
        .on('error', reject)
        .end()
    })
  try {
    for (const [index, [name]] of names.entries()) {
      const { default: asset } = await server.ssrLoadModule(`/${index}.js`)
      const [url = ''] = urlsOf(asset)
      expect((await ask(url)).status, name).toBe(200)
      const entry = (await ask(`/${index}.js`)).text
      const imported = /from\s*"([^"]*hero[^"]*)"/.exec(entry)?.[1] ?? ''
      const module = await ask(imported)
      expect(module.status, `${name}: ${imported} ${module.text}`).toBe(200)
      expect(module.text, name).toContain(url)
      const html = (await ask(`/${index}.html`)).text
      expect(html, name).toContain(url)
      expect(html, name).toContain('@supports')
    }
  } finally {
    await server.close()
  }
})
