/** Real builds with both bundlers: every picture is there as the engine makes it, once, wherever it is asked for. */
import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { mimeTypes, type Plan, type Variant } from '@hero-image/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Project } from '../../unplugin/test/fixtures/project.ts'
import { createReference, type Reference } from '../../unplugin/test/fixtures/reference.ts'
import { asAsset, background, createGallery, shownIn, type Wish, wishes } from './fixtures/gallery.ts'
import { type Bundler, build } from './fixtures/next-project.ts'

const image = /\.(?:avif|webp|jpe?g|png|gif|svg)$/
const mediaUrl = /(?:\/_next\/static|\.\.)\/media\/([\w.-]+\.(?:avif|webp|jpe?g|png|gif|svg))/g
const hook = `--import ${new URL('./fixtures/log-writes.mjs', import.meta.url).href}`

/** What came out of a build. */
interface Output {
  /** Files under `.next/static/media` by name. */
  readonly media: ReadonlyMap<string, Buffer>
  /** All texts of the output by path. */
  readonly texts: ReadonlyMap<string, string>
  /** Values that the pages show, by name. */
  readonly shown: ReadonlyMap<string, unknown>
  /** Entries of the store that were written, one line for each time. */
  readonly writes: readonly string[]
  /** What Next printed. */
  readonly said: string
}

async function buildGallery(project: Project, bundler: Bundler): Promise<Output> {
  const log = project.at('writes.log')
  await project.write('writes.log', '')
  const said = await build(project, bundler, { NODE_OPTIONS: hook, HERO_WRITES: log })
  const files = await project.files('.next')
  const inFolder = (folder: string): [string, Buffer][] => [...files].filter(([path]) => path.startsWith(folder))
  const isText = ([path]: [string, Buffer]): boolean => /\.(?:html|js|css|rsc|json)$/.test(path)
  const texts = [...inFolder('static/'), ...inFolder('server/')].filter(isText)
  const html = ['server/app/index.html', 'server/pages/old.html'].map((path) => String(files.get(path)))
  return {
    media: new Map(inFolder('static/media/').map(([path, bytes]) => [basename(path), bytes])),
    texts: new Map(texts.map(([path, bytes]) => [path, bytes.toString()])),
    shown: shownIn(html.join('')),
    writes: (await readFile(log, 'utf8')).split('\n').filter((path) => path.includes('variant')),
    said,
  }
}

let project: Project
let reference: Reference

beforeAll(async () => {
  project = await createGallery()
  reference = createReference(project.root)
})
afterAll(async () => {
  await reference?.close()
  await project?.remove('')
})

/** What the engine makes of an import. */
async function expectedOf({ file, query }: Wish): Promise<{ plan: Plan; bytes: (variant: Variant) => Uint8Array }> {
  const wish = { file: project.at(file), query }
  const [plan, files] = await Promise.all([reference.plan(wish.file, query), reference.filesOf(wish)])
  return { plan, bytes: ({ name }) => files.get(name)?.bytes ?? new Uint8Array() }
}

describe.each(['turbopack', 'webpack'] as const)('%s', (bundler) => {
  let output: Output

  beforeAll(async () => {
    await project.remove('.next')
    await project.remove('node_modules')
    output = await buildGallery(project, bundler)
  }, 300_000)

  test.each(Object.entries(wishes))(
    '%s: every URL is a file as the engine makes it, in its place in the asset',
    async (name, wish) => {
      const asset = asAsset(output.shown.get(name))
      const { plan, bytes } = await expectedOf(wish)
      expect(asset.sources.map(({ type }) => type)).toEqual(plan.sources.map(({ format }) => mimeTypes[format]))
      const urls = asset.sources.flatMap(({ srcset }) => srcset.split(', ').map((each) => each.split(' ')[0] ?? ''))
      const indexes = plan.sources.flatMap(({ variants }) => variants)
      for (const [position, index] of [...indexes, plan.fallback].entries()) {
        const variant = plan.variants[index]
        const url = urls[position] ?? asset.src
        if (variant === undefined) throw new Error('no such variant')
        expect(url).toMatch(/^\/_next\/static\/media\//)
        expect(extname(url)).toBe(extname(variant.name))
        if (bundler === 'webpack') expect(basename(url)).toBe(variant.name)
        const made = output.media.get(basename(url))
        expect(made?.equals(bytes(variant)), `bytes of ${url}`).toBe(true)
      }
    },
  )

  test('server, client and props agree on the URLs', () => {
    expect(output.shown.get('passed')).toEqual(output.shown.get('jpg'))
    expect(output.shown.get('jpg-in-client')).toEqual(output.shown.get('jpg'))
    expect(output.shown.get('old-passed')).toEqual(output.shown.get('old'))
    const scripts = [...output.texts].filter(([path]) => path.startsWith('static/') && path.endsWith('.js'))
    const { src } = asAsset(output.shown.get('client'))
    expect(scripts.some(([, text]) => text.includes(basename(src)))).toBe(true)
  })

  test('every file is named by the output, and every name is a file', () => {
    const named = new Set(
      [...output.texts.values()].flatMap((text) => [...text.matchAll(mediaUrl)].map(([, name]) => name)),
    )
    expect([...named].sort()).toEqual([...output.media.keys()].filter((name) => image.test(name)).sort())
    expect([...output.media.keys()].filter((name) => !image.test(name))).toEqual([])
  })

  test('every variant was encoded once', () => {
    expect(output.writes.length).toBeGreaterThan(50)
    expect(new Set(output.writes).size).toBe(output.writes.length)
  })

  test('says at the end what came of the pictures', () => {
    const files = new Set([...Object.values(wishes), background].map(({ file }) => file))
    const summary = '(\\d+) photos → (\\d+) files \\((\\d+) made, (\\d+) cached\\), \\d+ kB → \\d+ kB'
    const lines = [...output.said.matchAll(new RegExp(summary, 'g'))].map((line) => line.slice(1).map(Number))
    const made = lines.reduce((sum, [, , count = 0]) => sum + count, 0)
    expect(made, output.said).toBe(output.writes.length)
    if (bundler === 'turbopack') expect(lines).toEqual([[files.size, made, made, 0]])
  })

  test('its cache has no doubts about our own files', () => {
    expect(output.said).not.toContain('build dependencies')
  })

  test('a plain import stays with next/image, and the original of no hero is shipped', async () => {
    expect(output.shown.get('plain')).toMatchObject({ width: 160, height: 120, blurDataURL: expect.any(String) })
    const originals = await project.files('photos')
    const shipped = [...originals].filter(([, bytes]) => [...output.media.values()].some((made) => made.equals(bytes)))
    expect(shipped.map(([path]) => path)).toEqual(['logo.svg', 'plain.jpg'])
  })

  test("the project's own rules hold for its own imports", () => {
    expect(output.shown.get('icon')).toBe('made by the project')
  })

  test('backgrounds change with the viewport, in a global sheet and in a module', async () => {
    const sheets = [...output.texts].filter(([path, text]) => path.endsWith('.css') && text.includes('background'))
    const css = sheets.map(([, text]) => text).join('\n')
    expect(css).not.toMatch(/[?&]hero/)
    for (const selector of ['main', '\\.[\\w-]*main[\\w-]*']) {
      const wide = new RegExp(`@media ?\\(min-width: ?640px\\) ?\\{${selector}\\{[^}]*image-set\\(`)
      expect(css).toMatch(wide)
    }
    const files = [...css.matchAll(/media\/(background[\w.-]+)\)/g)].map(([, name = '']) => output.media.get(name))
    const { plan, bytes } = await expectedOf(background)
    expect(files.length).toBeGreaterThan(6)
    for (const file of files) expect(plan.variants.some((variant) => file?.equals(bytes(variant)))).toBe(true)
  })

  test('with its own cache kept and the image cache gone, Next ships the same files', async () => {
    await project.remove('node_modules')
    const again = await buildGallery(project, bundler)
    expect([...again.media.keys()]).toEqual([...output.media.keys()])
    for (const [name, bytes] of again.media) expect(output.media.get(name)?.equals(bytes), name).toBe(true)
  }, 300_000)
})
