/** Contexts: watching, building again, ending. */
import { type BuildContext, type BuildResult, context, type Plugin } from 'esbuild'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import heroImage from '../../src/esbuild.ts'
import { drawPhoto } from '../fixtures/photos.ts'
import { createProject, type Project } from '../fixtures/project.ts'
import { createReference, type Reference, type ReferenceFile } from '../fixtures/reference.ts'
import { expectHashed, optionsFor, toBuildOptions } from './fixtures/build.ts'

let project: Project
let reference: Reference
let running: BuildContext | undefined

beforeEach(async () => {
  project = await createProject({
    'a.jpg': await drawPhoto(0),
    'entry.js': "import { text } from './other.js'\nimport a from './a.jpg?hero'\nglobalThis.shown = { ...a, text }\n",
    'other.js': "export const text = 'one'\n",
  })
  reference = createReference(project.root)
})

afterEach(async () => {
  await running?.dispose()
  running = undefined
  await reference.close()
  await project.remove('')
})

const expected = (): Promise<Map<string, ReferenceFile>> =>
  reference.filesOf({ file: project.at('a.jpg'), query: 'hero' })

/** Starts watching; gives the next finished build each time. */
async function watchProject(entry = 'entry.js'): Promise<() => Promise<BuildResult>> {
  const finished: BuildResult[] = []
  let wake = (): void => undefined
  const listener: Plugin = {
    name: 'listener',
    setup: (build) =>
      build.onEnd((result) => {
        finished.push(result)
        wake()
      }),
  }
  const plugins = [heroImage(optionsFor(project)), listener]
  running = await context(toBuildOptions(project, { entryPoints: [entry], plugins }))
  await running.watch({ delay: 0 })
  return async () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(() => reject(new Error('no build within 20 s')), 20_000)
    wake = resolve
    if (finished.length > 0) resolve()
    await promise
    clearTimeout(timer)
    const [result] = finished.splice(0)
    if (result === undefined) throw new Error('woken without a build')
    return result
  }
}

/** Files of earlier pictures stay in the folder: esbuild never removes what it has written. */
async function expectOutput(): Promise<void> {
  const output = await project.files('out')
  const used = `${output.get('entry.js')}`
  for (const path of output.keys()) if (path !== 'entry.js' && !used.includes(path)) output.delete(path)
  await expectHashed(output, await expected())
}

describe('watching', () => {
  test('the photo is edited', async () => {
    const next = await watchProject()
    await next()
    await expectOutput()
    const before = [...(await expected()).keys()]
    await project.write('a.jpg', await drawPhoto(99))
    await next()
    await expectOutput()
    expect([...(await expected()).keys()]).not.toEqual(before)
  })

  test('a sidecar comes, changes and goes', async () => {
    const next = await watchProject()
    await next()
    for (const sidecar of ['{ "focus": { "x": 0, "y": 0 } }', '{ "focus": { "x": 1, "y": 1 } }']) {
      const before = [...(await expected()).keys()]
      await project.write('a.jpg.hero.json', sidecar)
      await next()
      await expectOutput()
      expect([...(await expected()).keys()]).not.toEqual(before)
    }
    await project.remove('a.jpg.hero.json')
    await next()
    await expectOutput()
  })

  test('an unrelated edit keeps the pictures', async () => {
    const next = await watchProject()
    await next()
    await project.write('other.js', "export const text = 'two'\n")
    await next()
    await expectOutput()
    expect(`${(await project.files('out')).get('entry.js')}`).toContain('two')
  })

  test('a broken and a missing photo are told, and mended when the photo comes', async () => {
    await project.write('a.jpg', 'no picture')
    const next = await watchProject()
    expect((await next()).errors).toMatchObject([{ text: expect.stringMatching('HERO_NOT_AN_IMAGE') }])
    await project.remove('a.jpg')
    expect((await next()).errors).toMatchObject([{ text: expect.stringMatching('HERO_SOURCE_MISSING') }])
    await project.write('a.jpg', await drawPhoto(5))
    expect((await next()).errors).toEqual([])
    await expectOutput()
  })

  test('the photo of a style sheet', async () => {
    await project.write('entry.css', '.a { background: url(./a.jpg?hero=card) }')
    const next = await watchProject('entry.css')
    await next()
    const before = `${(await project.files('out')).get('entry.css')}`
    await project.write('a.jpg', await drawPhoto(7))
    await next()
    const after = `${(await project.files('out')).get('entry.css')}`
    expect(after).not.toBe(before)
    await project.write('entry.css', '.b { background: url(./a.jpg?hero=card) }')
    await next()
    expect(`${(await project.files('out')).get('entry.css')}`).toBe(
      after.replace('.a {', '.b {').replace('\n  .a', '\n  .b'),
    )
  })
})

describe('building again', () => {
  test('the image cache and the output are deleted in between', async () => {
    running = await context(toBuildOptions(project, { entryPoints: ['entry.js'] }))
    await running.rebuild()
    const first = await project.files('out')
    await project.remove('cache')
    await project.remove('out')
    await running.rebuild()
    expect(await project.files('out')).toEqual(first)
  })

  test('without a cache', async () => {
    const plugins = [heroImage({ ...optionsFor(project), cache: { mode: 'off' } })]
    running = await context(toBuildOptions(project, { entryPoints: ['entry.js'], plugins }))
    await running.rebuild()
    await project.write('other.js', "export const text = 'two'\n")
    await running.rebuild()
    await expectOutput()
  })

  test('one plugin object serves several builds at once', async () => {
    const plugins = [heroImage(optionsFor(project))]
    const contexts = await Promise.all(
      ['one', 'two'].map((outdir) => context(toBuildOptions(project, { entryPoints: ['entry.js'], outdir, plugins }))),
    )
    await Promise.all(contexts.map((each) => each.rebuild()))
    await Promise.all(contexts.map((each) => each.dispose()))
    expect(await project.files('one')).toEqual(await project.files('two'))
    await expectHashed(await project.files('one'), await expected())
  })
})
