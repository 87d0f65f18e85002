/** Whatever Vite builds, the engine's files ship under the engine's names, all of them used, and nothing else. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, createBuilder, type InlineConfig, mergeConfig } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectContract, urlsOf } from '../../unplugin/test/fixtures/contract.ts'
import { drawClear, drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import { createProject, type Project } from '../../unplugin/test/fixtures/project.ts'
import { createReference, type Reference, type ReferenceFile } from '../../unplugin/test/fixtures/reference.ts'
import { pageUrl, runBuilt } from '../../unplugin/test/fixtures/run-built.ts'
import { buildProject, heroPlugin, projectConfig, type Said } from './fixtures/build-project.ts'

let project: Project
let reference: Reference

beforeAll(async () => {
  project = await createProject({
    'package.json': '{"type":"module","name":"fixture"}',
    'a.jpg': await drawPhoto(0),
    'b.jpg': await drawPhoto(90),
    'c.jpg': await drawPhoto(180),
    'node_modules/pictures/package.json': '{"name":"pictures","version":"1.0.0"}',
    'node_modules/pictures/p.jpg': await drawPhoto(45),
    'drawing.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><rect width="60" height="30"/></svg>',
    'clear.png': await drawClear(),
    'entry.js': "import a from './a.jpg?hero'\nimport unused from './c.jpg?hero'\nglobalThis.shown = a\n",
    'second.js': "import a from './a.jpg?hero'\nglobalThis.shown = [a, a]\n",
    'card.js': "import b from './b.jpg?ratio=3:2&hero=card'\nexport default b\n",
    'lazy.js': "globalThis.shown = (await import('./card.js')).default\n",
    'glob.js':
      "const all = import.meta.glob('./{a,b}.jpg', { eager: true, import: 'default', query: '?hero' })\n" +
      'globalThis.shown = Object.values(all)\n',
    'glob-object.js':
      "const all = import.meta.glob('./a.jpg', { eager: true, import: 'default', query: { hero: 'card' } })\n" +
      'globalThis.shown = Object.values(all)\n',
    'lib.js': "import a from './a.jpg?hero'\nglobalThis.shown = a\nexport default a\n",
  })
  reference = createReference(project.root)
})

afterAll(async () => {
  await reference.close()
  await project.remove('')
})

const input = (...entries: readonly string[]): InlineConfig => ({
  build: {
    target: 'esnext',
    rolldownOptions: { input: entries.map((entry) => project.at(entry)), output: { entryFileNames: '[name].js' } },
  },
})

const filesOf = (photo: string, query = 'hero'): Promise<Map<string, ReferenceFile>> =>
  reference.filesOf({ file: project.at(photo), query })

async function shownUrls(file: string, kind: 'module' | 'commonjs' | 'script' = 'module'): Promise<string[]> {
  return (await runBuilt(project.at(file), kind)).flatMap((asset) => urlsOf(asset))
}

describe('bases', () => {
  test.each(['/', '/sub/', 'https://cdn.example/x/'])('%s stands before every URL', async (base) => {
    const folder = `base${base.replace(/\W+/g, '-')}`
    const output = await buildProject(project, folder, { ...input('entry.js'), base })
    await expectContract(output, await filesOf('a.jpg'))
    for (const url of await shownUrls(`${folder}/entry.js`)) {
      expect(url.startsWith(`${base}assets/`), url).toBe(true)
      expect(output.has(url.slice(base.length)), url).toBe(true)
    }
  })

  test('./ finds the files beside the code, wherever it is served', async () => {
    await expectContract(
      await buildProject(project, 'base-relative', { ...input('entry.js'), base: './' }),
      await filesOf('a.jpg'),
    )
    for (const url of await shownUrls('base-relative/entry.js')) expect(existsSync(fileURLToPath(url)), url).toBe(true)
  })

  test('renderBuiltUrl as a string, relative, and at run time', async () => {
    const forms = {
      string: (name: string) => `https://files.example/${name}`,
      relative: () => ({ relative: true }),
      runtime: (name: string) => ({ runtime: `("https://run.example/" + ${JSON.stringify(name)})` }),
    }
    for (const [form, render] of Object.entries(forms)) {
      const output = await buildProject(project, `render-${form}`, {
        ...input('entry.js'),
        experimental: { renderBuiltUrl: (name, { type }) => (type === 'asset' ? render(name) : undefined) },
      })
      await expectContract(output, await filesOf('a.jpg'))
      const start = {
        string: 'https://files.example/assets/',
        relative: 'file:',
        runtime: 'https://run.example/assets/',
      }
      const urls = await shownUrls(`render-${form}/entry.js`)
      expect(urls.filter((url) => !url.startsWith(Reflect.get(start, form)))).toEqual([])
    }
  })

  test('assetsDir of Vite and of our own options', async () => {
    const own = await buildProject(project, 'assets-own', input('entry.js'), { options: { assetsDir: '/img/' } })
    await expectContract(own, await filesOf('a.jpg'), 'img')
    const root = await buildProject(
      project,
      'assets-root',
      mergeConfig(input('entry.js'), { build: { assetsDir: '' } }),
    )
    await expectContract(root, await filesOf('a.jpg'), '')
  })
})

describe('servers', () => {
  test('a server build ships no pictures but names the same URLs; with emitAssets it ships them', async () => {
    const client = await buildProject(project, 'client', input('entry.js'))
    const ssr = (emitAssets: boolean): InlineConfig =>
      mergeConfig(input('entry.js'), { build: { ssr: true, emitAssets } })
    const server = await buildProject(project, 'server', ssr(false))
    const emitting = await buildProject(project, 'server-emitting', ssr(true))
    await expectContract(client, await filesOf('a.jpg'))
    await expectContract(emitting, await filesOf('a.jpg'))
    expect([...server.keys()]).toEqual(['entry.js'])
    const urls = await shownUrls('client/entry.js')
    expect(await shownUrls('server/entry.js')).toEqual(urls)
    expect(await shownUrls('server-emitting/entry.js')).toEqual(urls)
  })

  test('client and server environments of one build encode once in all', async () => {
    const said: Said[] = []
    const options = { cache: { dir: project.at('cache-environments') } }
    const builder = await createBuilder({
      ...mergeConfig(projectConfig(project, said), input('entry.js')),
      plugins: [heroPlugin(project, options)],
      environments: {
        client: { build: { outDir: 'env-client' } },
        ssr: { build: { outDir: 'env-ssr', ssr: true } },
      },
      builder: {
        sharedPlugins: true,
        async buildApp({ build, environments }) {
          await Promise.all(Object.values(environments).map((environment) => build(environment)))
        },
      },
    })
    await builder.buildApp()
    await expectContract(await project.files('env-client'), await filesOf('a.jpg'))
    expect(await shownUrls('env-ssr/entry.js')).toEqual(await shownUrls('env-client/entry.js'))
    const summaries = said.filter(({ text }) => text.includes('files ('))
    expect(summaries.map(({ text }) => text)).toEqual([expect.stringContaining('(9 made, 0 cached)')])
  })
})

describe('outputs', () => {
  test('library formats: URLs are relative to the code', async () => {
    const lib = await buildProject(project, 'lib', {
      build: {
        lib: {
          entry: project.at('lib.js'),
          name: 'Lib',
          formats: ['es', 'cjs', 'umd', 'iife'],
          fileName: (format) => `lib.${format === 'cjs' ? 'cjs' : `${format}.js`}`,
        },
      },
    })
    await expectContract(lib, await filesOf('a.jpg'))
    const kinds = {
      'lib.es.js': 'module',
      'lib.cjs': 'commonjs',
      'lib.umd.js': 'script',
      'lib.iife.js': 'script',
    } as const
    for (const kind of ['lib.es.js', 'lib.cjs', 'lib.umd.js', 'lib.iife.js'] as const) {
      for (const url of await shownUrls(`lib/${kind}`, kinds[kind])) {
        if (kinds[kind] === 'script') expect(lib.has(url.replace(pageUrl, '')), url).toBe(true)
        else expect(existsSync(fileURLToPath(url)), url).toBe(true)
      }
    }
  })

  test('several outputs of one build have all files each', async () => {
    await buildProject(project, 'several', {
      build: {
        rolldownOptions: {
          input: project.at('lib.js'),
          output: ['es', 'cjs'].map((format) => ({
            format: format === 'es' ? 'es' : 'cjs',
            dir: project.at(`several/${format}`),
            entryFileNames: '[name].js',
          })),
        },
      },
    })
    await expectContract(await project.files('several/es'), await filesOf('a.jpg'))
    await expectContract(await project.files('several/cjs'), await filesOf('a.jpg'))
  })

  test('two entries share the files of one photo', async () => {
    const output = await buildProject(project, 'two', input('entry.js', 'second.js'))
    await expectContract(output, await filesOf('a.jpg'))
  })

  test('minified, hashed and with a manifest of Vite', async () => {
    const output = await buildProject(project, 'manifest', {
      build: { manifest: true, sourcemap: false, rolldownOptions: { input: project.at('entry.js') } },
    })
    await expectContract(output, await filesOf('a.jpg'))
  })
})

describe('imports', () => {
  test.each([
    ['dynamic import', 'lazy.js', [['b.jpg', 'ratio=3:2&hero=card']]],
    [
      'import.meta.glob with a string',
      'glob.js',
      [
        ['a.jpg', 'hero'],
        ['b.jpg', 'hero'],
      ],
    ],
    ['import.meta.glob with an object', 'glob-object.js', [['a.jpg', 'hero=card']]],
  ] as const)('%s', async (_, entry, wishes) => {
    const folder = `import-${entry.replace(/\W/g, '-')}`
    const output = await buildProject(project, folder, input(entry))
    const expected = await reference.filesOf(...wishes.map(([photo, query]) => ({ file: project.at(photo), query })))
    await expectContract(output, expected)
    await expect(runBuilt(project.at(join(folder, entry)))).resolves.toHaveLength(wishes.length)
  })

  test.each([
    ['an alias', '@look/a.jpg', 'a.jpg'],
    ['a path from the project root', '/a.jpg', 'a.jpg'],
    ['a package', 'pictures/p.jpg', 'node_modules/pictures/p.jpg'],
    ['an SVG', './drawing.svg', 'drawing.svg'],
    ['a photo with transparency', './clear.png', 'clear.png'],
  ])('%s', async (_, specifier, photo) => {
    const folder = `from-${photo.replace(/\W/g, '-')}-${specifier.length}`
    await project.write('from.js', `import p from '${specifier}?hero'\nglobalThis.shown = p\n`)
    const output = await buildProject(project, folder, {
      ...input('from.js'),
      resolve: { alias: { '@look': project.root } },
    })
    await expectContract(output, await filesOf(photo))
    await expect(runBuilt(project.at(`${folder}/from.js`))).resolves.toHaveLength(1)
  })

  test('without a cache folder', async () => {
    const output = await buildProject(project, 'cacheless', input('entry.js'), {
      options: { cache: { dir: project.at('never'), mode: 'off' } },
    })
    await expectContract(output, await filesOf('a.jpg'))
    expect(existsSync(project.at('never'))).toBe(false)
  })

  test('nothing is written outside of the output and the cache', async () => {
    expect(dirname(project.at('a.jpg'))).toBe(project.root)
    await build({
      ...projectConfig(project),
      ...input('entry.js'),
      plugins: [heroPlugin(project)],
      build: { write: false, ...input('entry.js').build },
    })
    expect(existsSync(project.at('dist'))).toBe(false)
  })
})
