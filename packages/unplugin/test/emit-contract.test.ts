/** Rollup and Rolldown ship what the engine makes, whatever the format of their output. */
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown, watch as watchWithRolldown } from 'rolldown'
import { type OutputOptions, rollup, watch as watchWithRollup } from 'rollup'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import rolldownPlugin from '../src/rolldown.ts'
import rollupPlugin from '../src/rollup.ts'
import { expectContract, urlsOf } from './fixtures/contract.ts'
import { drawPhoto } from './fixtures/photos.ts'
import { createProject, type Project } from './fixtures/project.ts'
import { createReference, type Reference, testOptions } from './fixtures/reference.ts'
import { pageUrl, runBuilt } from './fixtures/run-built.ts'

let project: Project
let reference: Reference

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
    'lazy.js': `import b from './b.jpg?ratio=3:2&hero=card'
export { b }
`,
    'split.js': `globalThis.shown = [(await import('./lazy.js')).b]
`,
    'string.js': "import a from './a.jpg?hero'\nglobalThis.shown = { ...a, src: String(a) }\n",
  })
  reference = createReference(project.root)
})

afterAll(async () => {
  await reference.close()
  await project.remove('')
})

const options = (): typeof testOptions => ({ ...testOptions, cache: { dir: project.at('cache') } })

async function buildWithRollup(entry: string, folder: string, outputs: readonly OutputOptions[]): Promise<void> {
  const bundle = await rollup({
    input: project.at(entry),
    plugins: [rollupPlugin(options())],
    onwarn: (warning) => expect.unreachable(warning.message),
  })
  for (const output of outputs) await bundle.write({ ...output, dir: project.at(`${folder}/${output.dir ?? ''}`) })
  await bundle.close()
}

async function buildWithRolldown(entry: string, folder: string, format: 'es' | 'cjs'): Promise<void> {
  const bundle = await rolldown({ input: project.at(entry), plugins: [rolldownPlugin(options())] })
  await bundle.write({ dir: project.at(folder), format })
  await bundle.close()
}

describe('Rollup', () => {
  test.each([
    ['es', 'module', 'js'],
    ['cjs', 'commonjs', 'cjs'],
    ['iife', 'script', 'js'],
  ] as const)('%s: the engine’s files and nothing of the unused import', async (format, kind, extension) => {
    const folder = `rollup-${format}`
    await buildWithRollup('entry.js', folder, [{ format, entryFileNames: `entry.${extension}` }])
    await expectContract(
      await project.files(folder),
      await reference.filesOf({ file: project.at('a.jpg'), query: 'hero' }),
    )
    const [asset] = await runBuilt(project.at(`${folder}/entry.${extension}`), kind)
    for (const url of asset === undefined ? [''] : urlsOf(asset)) {
      if (kind === 'script') expect(url).toBe(`${pageUrl}assets/${basename(url)}`)
      else expect(existsSync(fileURLToPath(url)), url).toBe(true)
    }
  })

  test('two outputs of one build both have all files', async () => {
    await buildWithRollup('entry.js', 'rollup-two', [
      { format: 'es', dir: 'one' },
      { format: 'cjs', dir: 'two' },
    ])
    const expected = await reference.filesOf({ file: project.at('a.jpg'), query: 'hero' })
    await expectContract(await project.files('rollup-two/one'), expected)
    await expectContract(await project.files('rollup-two/two'), expected)
  })

  test('a dynamic import ships with its chunk', async () => {
    await buildWithRollup('split.js', 'rollup-split', [{ format: 'es' }])
    const expected = await reference.filesOf({ file: project.at('b.jpg'), query: 'ratio=3:2&hero=card' })
    await expectContract(await project.files('rollup-split'), expected)
    await expect(runBuilt(project.at('rollup-split/split.js'))).resolves.toMatchObject([{ preset: 'card' }])
  })

  test('an asset in a template string is the URL of the fallback', async () => {
    await buildWithRollup('string.js', 'rollup-string', [{ format: 'es' }])
    const [asset] = await runBuilt(project.at('rollup-string/string.js'))
    expect(asset?.src).toMatch(/^file:.*\.jpg$/)
  })

  test('the same plugin builds twice', async () => {
    const plugin = rollupPlugin(options())
    for (const folder of ['again-1', 'again-2']) {
      const bundle = await rollup({ input: project.at('entry.js'), plugins: [plugin] })
      await bundle.write({ dir: project.at(folder) })
      await bundle.close()
    }
    expect(await project.files('again-2')).toEqual(await project.files('again-1'))
  })
})

describe('Rolldown', () => {
  test.each([
    ['es', 'module'],
    ['cjs', 'commonjs'],
  ] as const)('%s: the engine’s files and nothing else', async (format, kind) => {
    const folder = `rolldown-${format}`
    await project.write('used.js', "import a from './a.jpg?hero'\nglobalThis.shown = a\n")
    await buildWithRolldown('used.js', folder, format)
    await project.write(`${folder}/package.json`, `{"type":"${kind}"}`)
    const output = await project.files(folder)
    output.delete('package.json')
    await expectContract(output, await reference.filesOf({ file: project.at('a.jpg'), query: 'hero' }))
    const [asset] = await runBuilt(project.at(`${folder}/used.js`), kind)
    for (const url of asset === undefined ? [''] : urlsOf(asset)) expect(existsSync(fileURLToPath(url)), url).toBe(true)
  })

  test('an unused import ships nothing', async () => {
    await buildWithRolldown('entry.js', 'rolldown-unused', 'es')
    await expectContract(
      await project.files('rolldown-unused'),
      await reference.filesOf({ file: project.at('a.jpg'), query: 'hero' }),
    )
  })
})

test('a wrong option is told once, with the right name', async () => {
  const wrong: typeof testOptions = JSON.parse('{ "presetz": {} }')
  const reason = /\[HERO_UNKNOWN_OPTION\] .*'presetz'.*'presets'/
  const bundle = await rolldown({ input: project.at('entry.js'), plugins: [rolldownPlugin(wrong)] })
  await expect(bundle.write({ dir: project.at('wrong') })).rejects.toThrow(reason)
  await expect(bundle.close()).resolves.toBeUndefined()
  await expect(rollup({ input: project.at('entry.js'), plugins: [rollupPlugin(wrong)] })).rejects.toThrow(reason)
})

describe('watching', () => {
  const edits = async (next: () => Promise<unknown>, folder: string): Promise<void> => {
    const expected = (): ReturnType<Reference['filesOf']> =>
      reference.filesOf({ file: project.at('watched/w.jpg'), query: 'hero' })
    await next()
    await expectContract(await project.files(folder), await expected())
    await project.write('watched/w.jpg.hero.json', '{ "focus": { "x": 0, "y": 0 } }')
    await next()
    await project.remove(folder)
    await project.write('watched/w.jpg', await drawPhoto(222))
    await next()
    await expectContract(await project.files(folder), await expected())
    await project.remove(folder)
    await project.remove('watched/w.jpg.hero.json')
    await next()
    await expectContract(await project.files(folder), await expected())
  }

  /** Counts finished builds of either watcher. */
  const counter = (): { ended: () => void; next: () => Promise<void> } => {
    let seen = 0
    let wanted = 0
    let wake: (() => void) | undefined
    return {
      ended() {
        seen += 1
        wake?.()
      },
      async next() {
        wanted += 1
        const { promise, resolve, reject } = Promise.withResolvers<void>()
        const timer = setTimeout(() => reject(new Error(`no build ${wanted} within 10 s`)), 10_000)
        wake = () => {
          if (seen >= wanted) resolve()
        }
        wake()
        await promise
        clearTimeout(timer)
        // Editors save once; a watcher may see one save twice.
        await new Promise((settle) => setTimeout(settle, 150))
        wanted = seen
      },
    }
  }

  const prepare = async (): Promise<void> => {
    await project.remove('watched')
    await project.write('watched/w.jpg', await drawPhoto(111))
    await project.write('watched/entry.js', "import w from './w.jpg?hero'\nglobalThis.shown = w\n")
  }

  test('Rollup', async () => {
    await prepare()
    const { ended, next } = counter()
    const watcher = watchWithRollup({
      input: project.at('watched/entry.js'),
      output: { dir: project.at('out-watch-rollup') },
      plugins: [rollupPlugin(options())],
      watch: { buildDelay: 10 },
    })
    watcher.on('event', (event) => {
      if (event.code === 'BUNDLE_END') event.result.close().then(ended, ended)
    })
    await edits(next, 'out-watch-rollup')
    await watcher.close()
  })

  test('Rolldown', async () => {
    await prepare()
    const { ended, next } = counter()
    const watcher = watchWithRolldown({
      input: project.at('watched/entry.js'),
      output: { dir: project.at('out-watch-rolldown') },
      plugins: [rolldownPlugin(options())],
      watch: { buildDelay: 10 },
    })
    watcher.on('event', (event) => {
      if (event.code === 'BUNDLE_END') event.result.close().then(ended, ended)
    })
    await edits(next, 'out-watch-rolldown')
    await watcher.close()
  })
})
