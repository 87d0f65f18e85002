/** The dev server: pages as in builds, pictures on request, and edits that show. */
import { dev } from 'astro'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import type { Project } from '../../unplugin/test/fixtures/project.ts'
import { testOptions } from '../../unplugin/test/fixtures/reference.ts'
import { heroImage } from '../src/index.ts'
import { type Page, readPage } from './fixtures/markup.ts'
import { createSite, siteConfig } from './fixtures/site.ts'

let site: Project
let server: Awaited<ReturnType<typeof dev>>

const ask = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${server.address.port}${path}`)
const read = async (path: string): Promise<Page> => readPage(await (await ask(path)).text())

async function eventually<Value>(look: () => Promise<Value>, isDone: (value: Value) => boolean): Promise<Value> {
  const until = Date.now() + 40_000
  for (;;) {
    const value = await look()
    if (isDone(value) || Date.now() > until) return value
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const config = (): string => `export default ${JSON.stringify({ ...testOptions, cache: { dir: site.at('cache') } })}\n`

beforeAll(async () => {
  process.env.NODE_ENV = 'development'
  site = await createSite({
    'src/a.jpg': await drawPhoto(0),
    'src/b.jpg': await drawPhoto(90),
    'src/pages/index.astro': `---
import { HeroImage } from '@hero-image/astro/components'
import Base from '../layouts/Base.astro'
import a from '../a.jpg?hero'
---
<Base><HeroImage src={a} alt="a" priority /><div class="b">b</div></Base>
<style>.b { background: url(../b.jpg?hero) }</style>
`,
    'src/pages/plain.html': '<html lang="en"><body><img src="../a.jpg?hero" alt="a" /></body></html>',
    'src/pages/text.md': '![a](../a.jpg?hero)\n',
    'src/content.config.ts': `
import { defineCollection } from 'astro:content'
import { glob } from 'astro/loaders'
import { z } from 'astro/zod'
import { heroSchema } from '@hero-image/astro/content'
const posts = defineCollection({
  loader: glob({ pattern: '*.md', base: './src/posts' }),
  schema: z.object({ cover: heroSchema().optional() }),
})
export const collections = { posts }
`,
    'src/posts/one.md': 'One\n',
    'src/pages/post.astro': `---
import { getEntry, render } from 'astro:content'
import { HeroImage } from '@hero-image/astro/components'
const post = await getEntry('posts', 'one')
const { Content } = await render(post)
---
{post.data.cover && <HeroImage src={post.data.cover} alt="cover" />}
<Content />
`,
  })
  await site.write('hero.config.ts', config())
  server = await dev(
    siteConfig(site, {
      integrations: [heroImage()],
      server: { host: '127.0.0.1', port: 0 },
      vite: { cacheDir: site.at('vite') },
    }),
  )
})

afterAll(async () => {
  await server?.stop()
  await site?.remove('')
})

test('a page preloads from its head from the first request on', async () => {
  const { preloads, placeholders, picture } = await read('/')
  expect(preloads).toEqual({ head: [expect.anything(), expect.anything()], body: [] })
  expect(placeholders).toEqual({ head: [expect.anything()], body: [] })
  expect(picture('a').img['data-image-component']).toBe('true')
})

test('pictures are drawn when they are asked for', async () => {
  const { picture } = await read('/')
  const { src = '' } = picture('a').img
  expect(src).toContain('/@hero-image/')
  const { width, height } = await sharp(Buffer.from(await (await ask(src)).arrayBuffer())).metadata()
  expect([width, height]).toEqual([40, 50])
})

test('styles that come with the page have their backgrounds', async () => {
  const html = await (await ask('/')).text()
  expect(html).toMatch(/--hero-\w+: url\("\/@hero-image\/[^"]*\/b-40x50/)
  expect(html).not.toContain('heroimage:')
})

describe('edits', () => {
  let hue = 0
  const source = (path: string) => async (): Promise<string> => (await read(path)).pictures[0]?.img.src ?? ''

  test.each(['/', '/text', '/post', '/plain'])('a photo on %s', async (path) => {
    await site.write('src/posts/one.md', '---\ncover: ../a.jpg?hero\n---\nOne\n')
    const before = await eventually(source(path), (src) => src !== '')
    hue += 40
    await site.write('src/a.jpg', await drawPhoto(hue))
    expect(await eventually(source(path), (src) => src !== before)).not.toBe(before)
  })

  test.each(['/', '/text', '/post'])('a sidecar of a photo on %s: first save and deletion', async (path) => {
    const before = await source(path)()
    await site.write('src/a.jpg.hero.json', '{ "focus": { "x": 0, "y": 1 } }')
    const moved = await eventually(source(path), (src) => src !== before)
    expect(moved).not.toBe(before)
    await site.remove('src/a.jpg.hero.json')
    expect(await eventually(source(path), (src) => src !== moved)).toBe(before)
  })

  test('pictures that are written into Markdown and entries', async () => {
    await site.write('src/pages/text.md', '![a](../a.jpg?hero)\n\n![new](../b.jpg?hero=card)\n')
    const alts = (path: string) => async (): Promise<string> =>
      (await read(path)).pictures.map(({ img }) => img.alt).join()
    expect(await eventually(alts('/text'), (list) => list === 'a,new')).toBe('a,new')
    await site.write('src/posts/one.md', '---\ncover: ../b.jpg?hero\n---\n![in the text](../a.jpg?hero=card)\n')
    expect(await eventually(alts('/post'), (list) => list === 'cover,in the text')).toBe('cover,in the text')
  })

  test('hero.config.ts', async () => {
    const widths = async (): Promise<string> => (await read('/')).pictures[0]?.sources[0]?.srcset ?? ''
    expect(await widths()).toMatch(/80x40\.\w+\.avif 80w/)
    await site.write('hero.config.ts', config().replace('[40,80]', '[60]'))
    const tolerant = (): Promise<string> => widths().catch(() => '')
    expect(await eventually(tolerant, (srcset) => srcset.includes('60w'))).toMatch(/60x30\.\w+\.avif 60w$/)
  })
})
