/** esbuild ships what the engine makes, under its own rules for names, folders and URLs. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import heroImage from '../../src/esbuild.ts'
import { urlsOf } from '../fixtures/contract.ts'
import { drawPhoto } from '../fixtures/photos.ts'
import { createProject, type Project } from '../fixtures/project.ts'
import { createReference, type Reference, type ReferenceFile } from '../fixtures/reference.ts'
import { runBuilt } from '../fixtures/run-built.ts'
import { buildProject, expectHashed, optionsFor } from './fixtures/build.ts'

let project: Project
let reference: Reference
let filesOfA: Map<string, ReferenceFile>

beforeAll(async () => {
  project = await createProject({
    'package.json': '{"type":"module"}',
    'a.jpg': await drawPhoto(0),
    'b.jpg': await drawPhoto(90),
    'unused.jpg': await drawPhoto(180),
    'entry.js': `import a from './a.jpg?hero'
import unused from './unused.jpg?hero'
globalThis.shown = a
`,
    'lazy.js': "import b from './b.jpg?ratio=3:2&hero=card'\nexport { b }\n",
    'split.js': "globalThis.shown = [(await import('./lazy.js')).b]\n",
    'dynamic.js': "globalThis.shown = (await import('./a.jpg?hero')).default\n",
    'require.cjs': "globalThis.shown = require('./a.jpg?hero').default\n",
    'pages/one/main.js': "import a from '../../a.jpg?hero'\nglobalThis.shown = a\n",
    'pages/two/main.js': "import a from '../../a.jpg?hero'\nglobalThis.shown = a\n",
  })
  reference = createReference(project.root)
  filesOfA = await reference.filesOf({ file: project.at('a.jpg'), query: 'hero' })
})

afterEach(() => project.remove('out'))

afterAll(async () => {
  await reference.close()
  await project.remove('')
})

/** URLs of the one asset that a module shows when Node runs it. */
async function urlsShownBy(path: string, kind?: 'module' | 'commonjs'): Promise<string[]> {
  const [asset] = await runBuilt(project.at(path), kind)
  return asset === undefined ? [] : urlsOf(asset)
}

function expectFilesAt(urls: readonly string[]): void {
  expect(urls).toHaveLength(filesOfA.size)
  for (const url of urls) expect(existsSync(fileURLToPath(url)), url).toBe(true)
}

test.each([['browser'], ['neutral'], ['node']] as const)(
  'modules for %s name their files by where they lie, and an unused import ships nothing',
  async (platform) => {
    await buildProject(project, { entryPoints: ['entry.js'], platform })
    await expectHashed(await project.files('out'), filesOfA)
    expectFilesAt(await urlsShownBy('out/entry.js'))
  },
)

test('neutral builds are modules without being told', async () => {
  const entryPoints = [project.at('entry.js')]
  const plugins = [heroImage(optionsFor(project))]
  await build({
    entryPoints,
    outdir: project.at('out'),
    bundle: true,
    platform: 'neutral',
    plugins,
    logLevel: 'silent',
  })
  expectFilesAt(await urlsShownBy('out/entry.js'))
})

test('an old target does not take the URLs away', async () => {
  await buildProject(project, { entryPoints: ['entry.js'], target: 'es2017' })
  expectFilesAt(await urlsShownBy('out/entry.js'))
})

test('outfile', async () => {
  await buildProject(project, { entryPoints: ['entry.js'], outfile: 'out/app.js' })
  await expectHashed(await project.files('out'), filesOfA)
  expectFilesAt(await urlsShownBy('out/app.js'))
})

test('outputs in several folders share files, each with URLs of its own', async () => {
  const entryPoints = ['pages/one/main.js', 'pages/two/main.js']
  await buildProject(project, { entryPoints, assetNames: 'img/[name]-[hash]', splitting: true, chunkNames: 'c/[hash]' })
  await expectHashed(await project.files('out'), filesOfA, 'img')
  expectFilesAt(await urlsShownBy('out/one/main.js'))
  expectFilesAt(await urlsShownBy('out/two/main.js'))
})

test('a dynamic import of a module ships with its chunk', async () => {
  await buildProject(project, { entryPoints: ['split.js'], splitting: true })
  const expected = await reference.filesOf({ file: project.at('b.jpg'), query: 'ratio=3:2&hero=card' })
  await expectHashed(await project.files('out'), expected)
  await expect(runBuilt(project.at('out/split.js'))).resolves.toMatchObject([{ preset: 'card' }])
})

test.each([['dynamic.js'], ['require.cjs']])('%s: other ways to import', async (entry) => {
  await buildProject(project, { entryPoints: [entry], outfile: 'out/app.js' })
  await expectHashed(await project.files('out'), filesOfA)
  expectFilesAt(await urlsShownBy('out/app.js'))
})

test.each([['iife'], ['cjs']] as const)('%s: the URLs of the file loader', async (format) => {
  await buildProject(project, { entryPoints: ['entry.js'], format })
  await project.write('out/package.json', '{"type":"commonjs"}')
  for (const url of await urlsShownBy('out/entry.js', 'commonjs')) {
    expect(url).toMatch(/^\.\/a-/)
    expect(existsSync(project.at(`out/${url}`)), url).toBe(true)
  }
})

test('a public path stands before every URL, in client and server alike', async () => {
  const publicPath = 'https://cdn.example/x'
  const shared = { entryPoints: ['entry.js'], publicPath, assetNames: 'img/[name]-[hash]' }
  await buildProject(project, shared)
  await buildProject(project, { ...shared, platform: 'node', target: 'node22', outdir: 'out/server' })
  const urls = await urlsShownBy('out/entry.js')
  expect(urls).toHaveLength(filesOfA.size)
  for (const url of urls) {
    expect(url.startsWith(`${publicPath}/img/a-`), url).toBe(true)
    expect(existsSync(project.at(`out/${url.slice(publicPath.length)}`)), url).toBe(true)
  }
  await expect(urlsShownBy('out/server/entry.js')).resolves.toEqual(urls)
})

test('names without a hash of esbuild are our names', async () => {
  await buildProject(project, { entryPoints: ['entry.js'], assetNames: 'assets/[ext]/[name]' })
  const images = [...(await project.files('out')).keys()].filter((path) => path !== 'entry.js')
  expect(images.map((path) => path.replace(/^assets\/(\w+)\/(?=.*\.\1$)/, '')).sort()).toEqual(
    [...filesOfA.keys()].sort(),
  )
})

test('nothing is written with `write: false`; files and manifest are among the output files', async () => {
  const plugins = [heroImage({ ...optionsFor(project), manifest: true })]
  const { outputFiles = [] } = await buildProject(project, { entryPoints: ['entry.js'], write: false, plugins })
  expect(existsSync(project.at('out'))).toBe(false)
  const output = new Map(
    outputFiles.map((file) => [file.path.slice(project.at('out/').length), Buffer.from(file.contents)]),
  )
  const manifest: unknown = JSON.parse(`${output.get('hero-manifest.json')}`)
  expect(manifest).toMatchObject({ sources: { 'a.jpg': { modules: ['entry.js'] } } })
  expect(manifest).not.toHaveProperty('sources.unused.jpg')
  await expectHashed(output, filesOfA)
})

test('the manifest lies beside the files', async () => {
  const plugins = [heroImage({ ...optionsFor(project), manifest: 'pictures.json' })]
  await buildProject(project, { entryPoints: ['entry.js'], outfile: 'out/app.js', plugins })
  const manifest: { sources: Record<string, { variants: { file: string }[] }> } = JSON.parse(
    `${(await project.files('out')).get('pictures.json')}`,
  )
  const files = manifest.sources['a.jpg']?.variants.map(({ file }) => file) ?? []
  expect(files).toHaveLength(filesOfA.size)
  for (const file of files) expect(existsSync(join(project.at('out'), file)), file).toBe(true)
})

test('the metafile tells of pictures by paths that are the same on every machine', async () => {
  const { metafile } = await buildProject(project, { entryPoints: ['entry.js'], metafile: true })
  expect(metafile?.inputs['hero-image:a.jpg?hero']?.imports).toHaveLength(filesOfA.size)
  expect(JSON.stringify(metafile)).not.toContain(project.root)
  expect(`${(await project.files('out')).get('entry.js')}`).not.toContain(project.root)
})

test('a picture as an entry point', async () => {
  await buildProject(project, { entryPoints: { photo: './a.jpg?hero' } })
  await expectHashed(await project.files('out'), filesOfA)
})

test('one summary, of what ships', async () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await buildProject(project, { entryPoints: ['entry.js'], logLevel: 'error' })
  await buildProject(project, { entryPoints: ['entry.js'], logLevel: 'silent' })
  const lines = write.mock.calls.map(([text]) => `${text}`)
  write.mockRestore()
  // What the engine is unsure of in this drawing is told in a line of its own.
  const summary = lines.filter((line) => !line.startsWith('hero-image: look at: '))
  expect(summary).toEqual([expect.stringMatching(/^hero-image: 1 photo → 9 files \(0 made, 9 cached\), .* → .* s\n$/)])
})
