/** What goes wrong is told once, at the import, and fails the build. */
import { existsSync } from 'node:fs'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import heroImage from '../../src/esbuild.ts'
import { drawClear, drawPhoto } from '../fixtures/photos.ts'
import { createProject, type Project } from '../fixtures/project.ts'
import { testOptions } from '../fixtures/reference.ts'
import { buildProject, failProject, optionsFor, toBuildOptions } from './fixtures/build.ts'

let project: Project

beforeAll(async () => {
  const photo = await drawPhoto(0)
  project = await createProject({
    'a.jpg': photo,
    'clear.png': await drawClear(),
    'cut.jpg': photo.subarray(0, photo.length / 2),
    'empty.jpg': '',
    'text.jpg': 'no picture',
  })
})

afterAll(() => project.remove(''))

test.each([
  ['an unknown preset', './a.jpg?hero=crad', /^\[HERO_UNKNOWN_PRESET\] .*a\.jpg: .*card/],
  ['an unknown key', './a.jpg?focsu=.1,.2&hero', /^\[HERO_UNKNOWN_QUERY\] .*a\.jpg: .*focus/],
  ['a wrong value', './a.jpg?focus=left&hero', /^\[HERO_INVALID_QUERY\] .*a\.jpg: /],
  ['a missing photo', './b.jpg?hero', /^\[HERO_SOURCE_MISSING\] .*b\.jpg: .*entry\.js/],
  ['a missing package', 'photos/b.jpg?hero', /^\[HERO_SOURCE_MISSING\] photos\/b\.jpg: /],
  ['half a photo', './cut.jpg?hero', /^\[HERO_SOURCE_TRUNCATED\] .*cut\.jpg: .*allowTruncated/],
  ['an empty file', './empty.jpg?hero', /^\[HERO_SOURCE_EMPTY\] .*empty\.jpg: /],
  ['a file that is no picture', './text.jpg?hero', /^\[HERO_NOT_AN_IMAGE\] .*text\.jpg: /],
])('%s', async (_, specifier, text) => {
  await project.write('entry.js', `// first line\nimport hero from '${specifier}'\nconsole.log(hero)\n`)
  await project.write('second.js', `import hero from '${specifier}'\nconsole.log(hero)\n`)
  const { errors, warnings, message } = await failProject(project, { entryPoints: ['entry.js', 'second.js'] })
  const [first] = errors
  expect(warnings).toEqual([])
  expect(first?.text).toMatch(text)
  expect(message).toContain(first?.text)
  expect(existsSync(project.at('out'))).toBe(false)
  if (specifier.includes('b.jpg')) return expect(errors).toHaveLength(2)
  expect(errors).toHaveLength(1)
  expect(['entry.js', 'second.js']).toContain(first?.location?.file)
  expect(first?.location?.lineText).toBe(`import hero from '${specifier}'`)
})

test('a read-only cache without the files is told once', async () => {
  await project.write('entry.js', "import hero from './a.jpg?hero'\nconsole.log(hero)\n")
  const plugins = [heroImage({ ...testOptions, cache: { dir: project.at('nothing'), mode: 'read-only' } })]
  const { errors } = await failProject(project, { entryPoints: ['entry.js'], plugins })
  expect(errors).toMatchObject([
    { text: expect.stringMatching(/HERO_CACHE_MISS/), location: { file: 'entry.js', line: 1 } },
  ])
})

test('a wrong option is told once, whatever is imported', async () => {
  await project.write(
    'entry.js',
    "import a from './a.jpg?hero'\nimport b from './clear.png?hero'\nimport './a.css'\nconsole.log(a, b)\n",
  )
  await project.write('a.css', '.a { background: url(./a.jpg?hero) }')
  const wrong: typeof testOptions = JSON.parse('{ "presetz": {} }')
  const { errors } = await failProject(project, { entryPoints: ['entry.js'], plugins: [heroImage(wrong)] })
  expect(errors.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^\[HERO_UNKNOWN_OPTION\] .*'presetz'.*'presets'/),
  ])
})

test('new URL() is refused with file and line, in whatever format', async () => {
  const code = `// new URL('./a.jpg?hero', import.meta.url) would be wrong
export const a = new URL('./a.jpg?hero=card', import.meta.url)
export const b = new URL('/search?hero=1', 'https://example.com')
`
  await project.write('entry.js', "import { a } from './urls.js'\nconsole.log(a)\n")
  await project.write('urls.js', code)
  for (const options of [
    {},
    { write: false },
    { minify: true },
    { format: 'iife', logOverride: { 'empty-import-meta': 'silent' } },
  ] as const) {
    const { errors } = await failProject(project, { entryPoints: ['entry.js'], ...options })
    expect(errors).toMatchObject([
      {
        text: expect.stringMatching(/^\[HERO_UNSUPPORTED_REFERENCE\] urls\.js:2: .*hero\.src/),
        location: { file: 'urls.js', line: 2 },
      },
    ])
  }
})

test('a query in a URL that is no picture is left alone', async () => {
  await project.write('entry.js', "export const a = new URL('/search?hero=1', 'https://example.com')\n")
  await buildProject(project, { entryPoints: ['entry.js'] })
  await project.remove('out')
})

test('a pattern is refused, since esbuild takes the query for a part of the name', async () => {
  await project.write('entry.js', '\nexport const load = (name) => import(`./${name}.jpg?hero`)\n')
  const { errors } = await failProject(project, { entryPoints: ['entry.js'] })
  expect(errors).toMatchObject([
    { text: expect.stringMatching(/HERO_UNSUPPORTED_REFERENCE.*pattern/), location: { file: 'entry.js', line: 2 } },
  ])
})

test('require.resolve() is refused wherever esbuild asks about it', async () => {
  await project.write('entry.cjs', "console.log(require.resolve('./a.jpg?hero'))\n")
  const { errors } = await failProject(project, { entryPoints: ['entry.cjs'], platform: 'node', format: 'cjs' })
  expect(errors).toMatchObject([{ text: expect.stringMatching(/HERO_UNSUPPORTED_REFERENCE/), location: { line: 1 } }])
})

test('what a format cannot hold is a warning at the import', async () => {
  await project.write('entry.js', "import hero from './clear.png?formats=jpeg&hero'\nconsole.log(hero)\n")
  const { warnings } = await build(toBuildOptions(project, { entryPoints: ['entry.js'] }))
  expect(warnings).toMatchObject([
    { text: expect.stringMatching(/clear\.png: .*PNG/), location: { file: 'entry.js', line: 1 } },
  ])
  await project.remove('out')
})

test('settings without an effect are warnings', async () => {
  await project.write('entry.js', 'console.log(1)\n')
  const plugins = [heroImage({ ...optionsFor(project), assetsDir: 'img' })]
  const { warnings } = await build(toBuildOptions(project, { entryPoints: ['entry.js'], bundle: false, plugins }))
  expect(warnings.map(({ text }) => text)).toEqual([
    expect.stringMatching('assetNames'),
    expect.stringMatching('bundle'),
  ])
})
