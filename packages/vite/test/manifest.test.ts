/** What a build writes beside the pictures: the manifest, and types where TypeScript is used. */
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { build, type InlineConfig } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawPhoto, photoSize } from '../../unplugin/test/fixtures/photos.ts'
import { createProject, type Project } from '../../unplugin/test/fixtures/project.ts'
import { createReference, type Reference, testOptions } from '../../unplugin/test/fixtures/reference.ts'
import { heroImage } from '../src/index.ts'
import { buildProject, projectConfig, type Said } from './fixtures/build-project.ts'

let project: Project
let reference: Reference

beforeAll(async () => {
  project = await createProject({
    'package.json': '{"type":"module","name":"fixture"}',
    'photos/a.jpg': await drawPhoto(0),
    'photos/b.jpg': await drawPhoto(90),
    'photos/unused.jpg': await drawPhoto(180),
    'photos/a.jpg.hero.json': '{ "focus": { "x": 0.25, "y": 0.5 } }',
    'src/entry.js':
      "import a from '../photos/a.jpg?hero'\nimport card from '../photos/a.jpg?hero=card'\nimport u from '../photos/unused.jpg?hero'\nimport './look.css'\nglobalThis.shown = [a, card]\n",
    'src/look.css': '.b { background: url(../photos/b.jpg?hero=card) }\n',
  })
  reference = createReference(project.root)
})

afterAll(async () => {
  await reference.close()
  await project.remove('')
})

const input = (): InlineConfig => ({
  build: { target: 'esnext', rolldownOptions: { input: project.at('src/entry.js') } },
})

interface Manifest {
  readonly version: number
  readonly sources: Readonly<
    Record<
      string,
      {
        readonly sha256: string
        readonly width: number
        readonly height: number
        readonly modules: readonly string[]
        readonly crops: readonly { readonly preset: string; readonly name: string; readonly by: string }[]
        readonly variants: readonly { readonly file: string; readonly bytes: number }[]
      }
    >
  >
}

describe('hero-manifest.json', () => {
  test('names photos, crops, files with their bytes, and who uses them', async () => {
    const output = await buildProject(project, 'manifest', input(), { options: { manifest: true } })
    const manifest: Manifest = JSON.parse(output.get('hero-manifest.json')?.toString() ?? '{}')
    expect(manifest.version).toBe(1)
    expect(Object.keys(manifest.sources)).toEqual(['photos/a.jpg', 'photos/b.jpg'])
    const { facts } = await reference.plan(project.at('photos/a.jpg'), 'hero')
    const a = manifest.sources['photos/a.jpg']
    expect(a).toMatchObject({ sha256: facts.hash, ...photoSize, modules: ['src/entry.js'] })
    expect(a?.crops.map(({ preset, name, by }) => [preset, name, by])).toEqual([
      ['card', 'card', 'focus'],
      ['hero', 'wide', 'focus'],
      ['hero', 'tall', 'focus'],
    ])
    expect(manifest.sources['photos/b.jpg']?.modules).toEqual(['src/look.css'])
    const listed = Object.values(manifest.sources).flatMap(({ variants }) => variants)
    const images = [...output].filter(([path]) => /\.(?:avif|webp|jpg)$/.test(path))
    expect(listed.map(({ file, bytes }) => [`assets/${file}`, bytes]).sort()).toEqual(
      images.map(([path, bytes]) => [path, bytes.length]).sort(),
    )
  })

  test('under another name, and not at all by default', async () => {
    const named = await buildProject(project, 'named', input(), { options: { manifest: 'meta/photos.json' } })
    expect(named.has('meta/photos.json')).toBe(true)
    const plain = await buildProject(project, 'plain', input())
    expect([...plain.keys()].filter((path) => path.endsWith('.json'))).toEqual([])
  })

  test('is written by the build that ships the pictures', async () => {
    const server: InlineConfig = { ...input(), build: { ...input().build, ssr: true } }
    const output = await buildProject(project, 'server', server, { options: { manifest: true } })
    expect(output.has('hero-manifest.json')).toBe(false)
  })
})

describe('the summary line', () => {
  test('counts photos, files, and what came from the cache', async () => {
    const options = { cache: { dir: project.at('fresh-cache') }, report: 'summary' } as const
    const summary = async (): Promise<string[]> => {
      const said: Said[] = []
      await buildProject(project, 'summary', input(), { options, said })
      return said.flatMap(({ text }) => (/^hero-image: \d+ photos/.test(text) ? [text] : []))
    }
    expect(await summary()).toEqual([
      expect.stringMatching(/^hero-image: 2 photos → \d+ files \(\d+ made, 0 cached\), /),
    ])
    expect(await summary()).toEqual([
      expect.stringMatching(/^hero-image: 2 photos → \d+ files \(0 made, \d+ cached\), /),
    ])
  })
})

describe('hero-env.d.ts', () => {
  const { dts: _, ...untold } = testOptions
  const types = (): string => project.at('hero-env.d.ts')
  const buildUntold = async (): Promise<unknown> => {
    const plugin = heroImage({ ...untold, cache: { dir: project.at('cache') } })
    return build({
      ...projectConfig(project),
      build: { outDir: 'untold', write: false },
      ...input(),
      plugins: [plugin],
    })
  }

  test('is written where TypeScript is used, and only when it changes', async () => {
    await buildUntold()
    expect(existsSync(types())).toBe(false)
    await project.write('tsconfig.json', '{}')
    await buildUntold()
    const first = await readFile(types(), 'utf8')
    expect(first).toContain("'hero': 'tall' | 'wide'")
    const { mtimeMs, ino } = await stat(types())
    await buildUntold()
    await expect(stat(types())).resolves.toMatchObject({ mtimeMs, ino })
    await project.write('hero-env.d.ts', '// older\n')
    await buildUntold()
    expect(await readFile(types(), 'utf8')).toBe(first)
    await project.remove('tsconfig.json')
  })

  test('can be switched off or named otherwise', async () => {
    await project.remove('hero-env.d.ts')
    await project.write('tsconfig.json', '{}')
    await buildProject(project, 'types-off', input(), { options: { dts: false } })
    expect(existsSync(types())).toBe(false)
    await project.remove('tsconfig.json')
    await buildProject(project, 'types-named', input(), { options: { dts: 'hero.d.ts' } })
    expect(await readFile(project.at('hero.d.ts'), 'utf8')).toContain("'card': 'card'")
  })
})
