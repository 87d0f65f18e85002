/** A site on the Node adapter: pages made on request and before, addresses for assets, and what the server needs to run. */
import { basename } from 'node:path'
import node from '@astrojs/node'
import { preview } from 'astro'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { urlsOf } from '../../unplugin/test/fixtures/contract.ts'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import type { Project } from '../../unplugin/test/fixtures/project.ts'
import { freePort } from './fixtures/free-port.ts'
import { type Page, readPage } from './fixtures/markup.ts'
import { buildSite, createSite, siteConfig } from './fixtures/site.ts'

const page = (photo: string, prerender: boolean): string => `---
import { HeroImage } from '@hero-image/astro/components'
import Base from '../layouts/Base.astro'
import photo from '../${photo}.jpg?hero'
export const prerender = ${prerender}
---
<Base><HeroImage src={photo} alt="${photo}" priority /><pre>{JSON.stringify(photo)}</pre></Base>
`

const config = {
  output: 'server',
  adapter: node({ mode: 'standalone' }),
  build: {
    assetsPrefix: {
      avif: 'https://avif.example/x/',
      js: 'https://js.example',
      css: 'https://css.example',
      fallback: 'https://cdn.example',
    },
  },
} as const

let site: Project
let output: Map<string, Buffer>
let server: Awaited<ReturnType<typeof preview>>

const ask = async (path: string): Promise<Response> => fetch(`http://127.0.0.1:${server.port}${path}`)
const read = async (path: string): Promise<Page> => readPage(await (await ask(path)).text())

beforeAll(async () => {
  site = await createSite({
    'src/asked.jpg': await drawPhoto(0),
    'src/made.jpg': await drawPhoto(90),
    'src/scripted.jpg': await drawPhoto(180),
    'src/pages/asked.astro': page('asked', false),
    'src/pages/made.astro': page('made', true),
    'src/pages/text.md': '![in Markdown](../asked.jpg?hero=card)\n',
    'src/pages/styled.astro': `<div class="a">A</div><style>.a { background: url(../made.jpg?hero=card) }</style>
<script>
  import scripted from '../scripted.jpg?hero=card'
  document.body.dataset.src = scripted.src
</script>
`,
  })
  output = await buildSite(site, config)
  server = await preview(siteConfig(site, { ...config, server: { host: '127.0.0.1', port: await freePort() } }))
})

afterAll(async () => {
  await server?.stop()
  await site?.remove('')
})

test('all pictures lie where browsers can ask for them', async () => {
  const images = [...output.keys()].filter((path) => /\.(?:avif|webp|jpg)$/.test(path))
  expect(images.filter((path) => !path.startsWith('client/_astro/'))).toEqual([])
  const named = new Set(
    [...output]
      .filter(([path]) => /\.(?:m?js|css|html)$/.test(path))
      .flatMap(([, text]) => text.toString().match(/[\w-]+-\d+x\d+\.[0-9a-f]{12}\.[a-z]+/g) ?? []),
  )
  expect(images.map((path) => basename(path)).sort()).toEqual([...named].sort())
  expect(images).toHaveLength(2 * 9 + 3 * 2)
})

test.each([
  ['asked', 'on request'],
  ['made', 'before'],
])('%s, a page made %s, has its picture and preloads it from the head', async (name) => {
  const { pictures, preloads } = await read(`/${name}`)
  expect(pictures.map(({ img }) => img.alt)).toEqual([name])
  expect(preloads.head).toHaveLength(2)
  expect(preloads.body).toEqual([])
  expect((await ask(`/_astro/${basename(pictures[0]?.img.src ?? '')}`)).status).toBe(200)
})

describe('build.assetsPrefix', () => {
  test.each(['asked', 'made'])('goes by the type of the picture in %s', async (name) => {
    const { 1: json = '' } = /<pre>(.*?)<\/pre>/.exec(await (await ask(`/${name}`)).text()) ?? []
    const urls = urlsOf(JSON.parse(json.replaceAll('&quot;', '"')))
    expect(urls).toHaveLength(9)
    for (const url of urls)
      expect(url).toMatch(
        url.endsWith('.avif') ? /^https:\/\/avif\.example\/x\/_astro\// : /^https:\/\/cdn\.example\/_astro\//,
      )
  })

  test('in Markdown, scripts and styles as well', async () => {
    expect((await read('/text')).picture('in Markdown').img.src).toMatch(/^https:\/\/cdn\.example\/_astro\/asked-/)
    const styled = await (await ask('/styled')).text()
    expect(styled).toMatch(/url\(https:\/\/cdn\.example\/_astro\/made-32x32/)
    const script = [...output].filter(([path]) => /^client\/_astro\/.*\.js$/.test(path)).join() + styled
    expect(script).toMatch(/https:\/\/cdn\.example\/_astro\/scripted-/)
  })
})

test('the server needs nothing of ours to run', () => {
  const code = [...output].filter(([path]) => path.startsWith('server/')).map(([, text]) => text.toString())
  expect(code.join('\n')).toContain('HERO_INVALID_OPTION')
  expect(code.filter((text) => /(?:from|import\()\s*["']@hero-image\//.test(text))).toEqual([])
})
