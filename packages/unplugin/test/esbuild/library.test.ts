/** Libraries: built with tsup or esbuild, then run as they are or bundled again by whoever uses them. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build as tsup } from 'tsup'
import { afterAll, beforeAll, expect, test } from 'vitest'
import webpack from 'webpack'
import heroImage from '../../src/esbuild.ts'
import { urlsOf } from '../fixtures/contract.ts'
import { drawPhoto } from '../fixtures/photos.ts'
import { createProject, type Project } from '../fixtures/project.ts'
import { createReference, type Reference, type ReferenceFile } from '../fixtures/reference.ts'
import { runBuilt } from '../fixtures/run-built.ts'
import { buildProject, expectHashed, optionsFor } from './fixtures/build.ts'

let project: Project
let reference: Reference
let expected: Map<string, ReferenceFile>

beforeAll(async () => {
  project = await createProject({
    'package.json': '{ "type": "module" }',
    'src/a.jpg': await drawPhoto(0),
    'src/index.js': "import hero from './a.jpg?hero'\nexport { hero }\nglobalThis.shown = hero\n",
    'src/deep/index.js': "export { hero } from '../index.js'\n",
  })
  reference = createReference(project.root)
  expected = await reference.filesOf({ file: project.at('src/a.jpg'), query: 'hero' })
})

afterAll(async () => {
  await reference.close()
  await project.remove('')
})

async function buildWithTsup(outDir: string, options: Parameters<typeof tsup>[0] = {}): Promise<void> {
  await tsup({
    config: false,
    silent: true,
    entry: [project.at('src/index.js')],
    outDir: project.at(outDir),
    format: 'esm',
    esbuildPlugins: [heroImage({ ...optionsFor(project), report: 'silent' })],
    ...options,
  })
}

async function expectFilesOf(built: string, kind?: 'commonjs'): Promise<void> {
  const [asset] = await runBuilt(project.at(built), kind)
  const urls = asset === undefined ? [] : urlsOf(asset)
  expect(urls).toHaveLength(expected.size)
  for (const url of urls) expect(existsSync(fileURLToPath(url)), url).toBe(true)
}

test('tsup: a module, with a target from before import.meta', async () => {
  await buildWithTsup('module', { target: 'es2019' })
  await expectHashed(await project.files('module'), expected)
  await expectFilesOf('module/index.js')
})

test('tsup: modules and CommonJS at once, with shims', async () => {
  await buildWithTsup('both', { format: ['esm', 'cjs'], shims: true })
  await expectHashed(await project.files('both'), expected)
  await expectFilesOf('both/index.js')
  await expectFilesOf('both/index.cjs', 'commonjs')
})

test('tsup: several entries that share a chunk, minified', async () => {
  await buildWithTsup('several', { entry: [project.at('src/index.js'), project.at('src/deep/index.js')], minify: true })
  await expectHashed(await project.files('several'), expected)
  await expectFilesOf('several/index.js')
  await expectFilesOf('several/deep/index.js')
})

test.each([
  [
    'esbuild',
    () => buildProject(project, { entryPoints: ['src/index.js'], outdir: 'library', assetNames: 'img/[name]' }),
  ],
  ['tsup', () => buildWithTsup('library', { minify: true })],
])('files of a library by %s follow into the bundle of who uses it', async (_, build) => {
  await build()
  const bundle = webpack({
    context: project.root,
    entry: './library/index.js',
    mode: 'production',
    target: 'node',
    experiments: { outputModule: true },
    output: { path: project.at('app'), filename: 'app.js', library: { type: 'module' }, module: true, clean: true },
  })
  const stats = await promisify(bundle.run.bind(bundle))()
  await promisify(bundle.close.bind(bundle))()
  expect(stats?.hasErrors()).toBe(false)
  const images = [...(await project.files('app')).keys()].filter((path) => /\.(?:avif|webp|jpg)$/.test(path))
  expect(images).toHaveLength(expected.size)
  await expectFilesOf('app/app.js')
  await project.remove('library')
})

test('watching and building again writes the same', async () => {
  for (const outdir of ['again', 'again', 'fresh'])
    await buildProject(project, { entryPoints: ['src/index.js'], outdir })
  expect(await project.files('again')).toEqual(await project.files('fresh'))
})

test('a source map that could not be right after a change stays right', async () => {
  const options = { entryPoints: ['src/index.js'], sourcemap: true }
  await buildProject(project, { ...options, outdir: 'mapped' })
  await buildProject(project, { ...options, outdir: 'mapped-small', minify: true })
  const spelt = /new URL\("\.\/a-/
  expect(`${(await project.files('mapped')).get('index.js')}`).toMatch(spelt)
  expect(`${(await project.files('mapped-small')).get('index.js')}`).not.toMatch(spelt)
  await expectFilesOf('mapped-small/index.js')
})
