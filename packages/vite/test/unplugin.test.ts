/** `@hero-image/unplugin/vite` hands over to this package. */
import { execFile } from 'node:child_process'
import { symlink } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import heroImage from '@hero-image/unplugin/vite'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectContract } from '../../unplugin/test/fixtures/contract.ts'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import { createProject, type Project } from '../../unplugin/test/fixtures/project.ts'
import { createReference, testOptions } from '../../unplugin/test/fixtures/reference.ts'

let project: Project

beforeAll(async () => {
  project = await createProject({
    'a.jpg': await drawPhoto(0),
    'entry.js': "import a from './a.jpg?hero'\nglobalThis.shown = a\n",
  })
})

afterAll(() => project.remove(''))

test('a build with the promised plugins', async () => {
  await build({
    root: project.root,
    configFile: false,
    logLevel: 'silent',
    plugins: [heroImage({ ...testOptions, cache: { dir: project.at('cache') } })],
    build: { rolldownOptions: { input: project.at('entry.js') } },
  })
  const reference = createReference(project.root)
  const expected = await reference.filesOf({ file: project.at('a.jpg'), query: 'hero' })
  await expectContract(await project.files('dist'), expected)
  await reference.close()
})

/** Asks for the plugins where this package is out of reach of the other one, as with strict package managers. */
async function pluginsSeenFrom(cwd: string): Promise<string> {
  const code = `
    import { registerHooks } from 'node:module'
    const from = (url) => ({ parentURL: url.endsWith('/unplugin/src/vite.ts') ? 'file:///nowhere/index.js' : url })
    registerHooks({
      resolve: (specifier, context, next) =>
        next(specifier, specifier === '@hero-image/vite' ? { ...context, ...from(context.parentURL) } : context),
    })
    const { default: heroImage } = await import(${JSON.stringify(import.meta.resolve('@hero-image/unplugin/vite'))})
    const plugins = await heroImage({}).catch((error) => [{ name: error.message }])
    console.log(plugins.map(({ name }) => name).join())`
  const args = ['--conditions=@hero-image/source', '--input-type=module', '-e', code]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd })
  return stdout
}

test('without this package the message says what to install', async () => {
  await expect(pluginsSeenFrom(project.root)).resolves.toMatch(
    /^\[HERO_MISSING_PACKAGE\] .*npm install -D @hero-image\/vite\.$/m,
  )
})

test('the project may have it where the other package does not see it', async () => {
  await project.write('node_modules/@hero-image/.keep', '')
  await symlink(fileURLToPath(new URL('..', import.meta.url)), project.at('node_modules/@hero-image/vite'), 'dir')
  await expect(pluginsSeenFrom(project.root)).resolves.toMatch(/^hero-image/)
})
