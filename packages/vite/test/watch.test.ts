/** Rebuilding while files change: photos, sidecars and the lock are noticed, everything else keeps its pictures. */
import { build, type InlineConfig } from 'vite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectContract } from '../../unplugin/test/fixtures/contract.ts'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import { pinCrops } from '../../unplugin/test/fixtures/pins.ts'
import { createProject, type Project } from '../../unplugin/test/fixtures/project.ts'
import { createReference, type Reference, testOptions } from '../../unplugin/test/fixtures/reference.ts'
import { heroPlugin, projectConfig } from './fixtures/build-project.ts'

let project: Project
let reference: Reference
let builds: AsyncIterator<undefined>
let stop: () => Promise<void>

beforeEach(async () => {
  project = await createProject({
    'package.json': '{"type":"module","name":"fixture"}',
    'src/a.jpg': await drawPhoto(0),
    'src/entry.js': "import a from './a.jpg?hero'\nimport './other.js'\nimport './look.css'\nglobalThis.shown = a\n",
    'src/look.css': '.a { background: url(./a.jpg?hero) }\n',
    'src/other.js': 'globalThis.other = 1\n',
  })
  reference = createReference(project.root)
  const ended: (() => void)[] = []
  let waiting: (() => void) | undefined
  const config: InlineConfig = {
    ...projectConfig(project),
    plugins: [heroPlugin(project)],
    build: {
      target: 'esnext',
      emptyOutDir: true,
      reportCompressedSize: false,
      watch: { buildDelay: 10 },
      rolldownOptions: { input: project.at('src/entry.js'), output: { entryFileNames: '[name].js' } },
    },
  }
  const watcher = await build(config)
  if (!('on' in watcher)) throw new Error('Vite does not watch')
  watcher.on('event', (event) => {
    if (event.code !== 'END') return
    ended.push(() => undefined)
    waiting?.()
  })
  builds = {
    async next() {
      if (ended.length === 0) {
        await new Promise<void>((resolve, reject) => {
          const timer = setTimeout(() => reject(new Error('no build within 10 s')), 10_000)
          waiting = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        waiting = undefined
      }
      ended.shift()
      return { done: false, value: undefined }
    },
  }
  stop = () => watcher.close()
  await builds.next()
})

afterEach(async () => {
  await stop()
  await reference.close()
  await project.remove('')
})

const files = (): Promise<Map<string, Buffer>> => project.files('dist')
const expected = (): ReturnType<Reference['filesOf']> =>
  reference.filesOf({ file: project.at('src/a.jpg'), query: 'hero' })

test('photo, sidecar, lock and unrelated edits', async () => {
  await expectContract(await files(), await expected())
  const first = [...(await files()).keys()].filter((name) => name.includes('a-'))

  await project.write('src/other.js', 'globalThis.other = 2\n')
  await builds.next()
  expect((await files()).get('entry.js')?.toString()).toMatch(/other\s*=\s*2/)
  await expectContract(await files(), await expected())

  await project.write('src/a.jpg', await drawPhoto(200))
  await builds.next()
  await expectContract(await files(), await expected())
  expect([...(await files()).keys()].filter((name) => first.includes(name))).toEqual([])

  await project.write('src/a.jpg.hero.json', '{ "focus": { "x": 0, "y": 0 } }')
  await builds.next()
  const focused = await expected()
  await expectContract(await files(), focused)

  await project.write('src/a.jpg.hero.json', '{ "focus": { "x": 1, "y": 1 } }')
  await builds.next()
  await expectContract(await files(), await expected())
  expect([...(await expected()).keys()]).not.toEqual([...focused.keys()])

  await project.remove('src/a.jpg.hero.json')
  await builds.next()
  await expectContract(await files(), await expected())

  for (const x of [0, 1]) {
    await pinCrops(project.root, project.at('src/a.jpg'), '?hero', x, testOptions)
    await builds.next()
    const pinned = await expected()
    await expectContract(await files(), pinned)
    expect((await reference.plan(project.at('src/a.jpg'), 'hero')).crops.at(-1)).toMatchObject({
      by: 'lock',
      rect: { left: 64 * x },
    })
  }
})

test('a photo that breaks and is mended again', async () => {
  await project.write('src/a.jpg', 'not a photo')
  await builds.next()
  await project.write('src/a.jpg', await drawPhoto(60))
  await builds.next()
  await expectContract(await files(), await expected())
})
