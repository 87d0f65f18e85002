/** Pictures in style sheets. */
import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import heroImage from '../../src/esbuild.ts'
import { drawPhoto } from '../fixtures/photos.ts'
import { createProject, type Project } from '../fixtures/project.ts'
import { createReference, type Reference } from '../fixtures/reference.ts'
import { buildProject, expectHashed, failProject, optionsFor } from './fixtures/build.ts'

let project: Project
let reference: Reference

beforeAll(async () => {
  project = await createProject({
    'a.jpg': await drawPhoto(0),
    'my photo.jpg': await drawPhoto(30),
    'plain.css': '.a { background: url(a.jpg?hero) center / cover }\n',
    'single.css': ".a { background: url('./my%20photo.jpg?hero=card') }\n",
    'entry.js': "import './plain.css'\n",
    'imports.css': '@import "./plain.css";\n',
    'my.module.css': '.a { background: url(./a.jpg?hero=card) }\n',
    'styled.js': "import { a } from './my.module.css'\nglobalThis.shown = a\n",
    'both.css': '.a { background: image-set(url("./a.jpg?hero=card") 1x, url(./a.jpg?hero) 2x) }\n',
  })
  reference = createReference(project.root)
})

afterEach(() => project.remove('out'))

afterAll(async () => {
  await reference.close()
  await project.remove('')
})

const cssIn = async (path: string): Promise<string> => `${(await project.files('out')).get(path)}`

/** A plugin that turns another dialect into CSS, as those for Sass and PostCSS do. */
const dialect: Plugin = {
  name: 'dialect',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: await readFile(path, 'utf8'), loader: 'css' }))
  },
}

test.each([['plain.css'], ['imports.css']])('%s: a background changes with the viewport', async (entry) => {
  await buildProject(project, { entryPoints: [entry] })
  const css = await cssIn(entry)
  expect(css).toMatch(/background: var\(--hero-\w+\) center \/ cover/)
  expect(css).toMatch(/@media \(min-width: 640px\)/)
  expect(css).toMatch(/url\("\.\/a-80x40\.\w{12}-\w{8}\.avif"\) type\("image\/avif"\)/)
  const images = [...(await project.files('out')).keys()].filter((path) => path !== entry)
  for (const path of images) expect(css, 'nothing is left over').toContain(path)
})

test('a sheet that a module imports, with a public path', async () => {
  await buildProject(project, { entryPoints: ['entry.js'], publicPath: '/static', assetNames: 'img/[name]-[hash]' })
  expect(await cssIn('entry.css')).toContain('url("/static/img/a-')
})

test('local class names stay local', async () => {
  await buildProject(project, { entryPoints: ['styled.js'] })
  expect(await cssIn('styled.css')).toMatch(/\.my_a \{\s*--hero/)
})

test('all files of a small preset, from a sheet', async () => {
  await buildProject(project, { entryPoints: ['single.css'] })
  const expected = await reference.filesOf({ file: project.at('my photo.jpg'), query: 'hero=card' })
  await expectHashed(await project.files('out'), expected)
})

test('a url() inside image-set() of a sheet', async () => {
  await buildProject(project, { entryPoints: ['both.css'] })
  expect(await cssIn('both.css')).toMatch(
    /image-set\(url\("\.\/a-32x32\..*\.jpg"\) 1x, url\("\.\/a-40x50\..*\.jpg"\) 2x\)/,
  )
})

test('a sheet that another plugin has loaded shows the default crop', async () => {
  const plugins = [dialect, heroImage(optionsFor(project))]
  await buildProject(project, { entryPoints: ['plain.css'], plugins })
  const output = await project.files('out')
  const { variants, fallback } = await reference.plan(project.at('a.jpg'), 'hero')
  const stem = variants[fallback]?.name.replace(/\.jpg$/, '')
  expect([...output.keys()]).toEqual([expect.stringMatching(`^${stem}-\\w{8}\\.jpg$`), 'plain.css'])
  expect(await cssIn('plain.css')).toContain(`url("./${[...output.keys()][0]}") center / cover`)
})

test.each([
  ['a wrong preset', '\n.a { background: url(./a.jpg?hero=crad) }', /HERO_UNKNOWN_PRESET.*card/, 2],
  ['a missing photo', '\n\n.a { background: url(./b.jpg?hero) }', /HERO_SOURCE_MISSING.*b\.jpg/, 3],
  ['an import of a photo', '@import "./a.jpg?hero";', /HERO_UNSUPPORTED_REFERENCE/, 1],
])('%s is told once, with its place', async (_, css, text, line) => {
  await project.write('wrong.css', css)
  const { errors } = await failProject(project, { entryPoints: ['wrong.css'] })
  expect(errors).toMatchObject([{ text: expect.stringMatching(text), location: { file: 'wrong.css', line } }])
})

test('a bare string in image-set() is refused with file and line', async () => {
  await project.write('wrong.css', '\n.a { background: image-set("./a.jpg?hero" 1x) }')
  for (const plugins of [[heroImage(optionsFor(project))], [dialect, heroImage(optionsFor(project))]]) {
    const { errors } = await failProject(project, { entryPoints: ['wrong.css'], plugins })
    expect(errors).toMatchObject([
      {
        text: expect.stringMatching(/HERO_UNSUPPORTED_REFERENCE.*wrong\.css:2: image-set/),
        location: { file: 'wrong.css', line: 2 },
      },
    ])
  }
})
