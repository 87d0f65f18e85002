/** Astro's content security policy: what is inline is allowed by its hash, and what cannot be allowed is not there. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import type { Project } from '../../unplugin/test/fixtures/project.ts'
import { type Page, readPage } from './fixtures/markup.ts'
import { buildSite, createSite } from './fixtures/site.ts'

let site: Project
let output: Map<string, Buffer>

const page = (path: string): Page => readPage(output.get(path))

beforeAll(async () => {
  site = await createSite({
    'src/a.jpg': await drawPhoto(0),
    'src/pages/index.astro': `---
import { HeroImage } from '@hero-image/astro/components'
import Base from '../layouts/Base.astro'
import a from '../a.jpg?hero'
---
<Base><HeroImage src={a} alt="a" priority /></Base>
`,
    'src/pages/nonce.astro': `---
import { HeroImage } from '@hero-image/astro/components'
import Base from '../layouts/Base.astro'
import a from '../a.jpg?hero'
---
<Base><HeroImage src={a} alt="a" priority nonce="r4nd0m" /></Base>
`,
    'src/pages/text.md': '---\nlayout: ../layouts/Base.astro\n---\n![a](../a.jpg?hero)\n',
  })
  output = await buildSite(site, { security: { csp: true } })
})

afterAll(() => site?.remove(''))

test('the hash of a placeholder is in the policy', () => {
  const { all, placeholders } = page('index.html')
  const policy = all('meta').find((meta) => meta['http-equiv'] === 'content-security-policy')?.content
  expect(placeholders.head).toHaveLength(1)
  const hash = createHash('sha256').update(String(placeholders.head[0])).digest('base64')
  expect(policy).toMatch(/style-src [^;]*'sha256-/)
  expect(policy).toContain(`'sha256-${hash}'`)
})

test('a nonce of the page is on the style and on the links', () => {
  const { all, preloads } = page('nonce/index.html')
  expect(all('style').map(({ nonce }) => nonce)).toEqual(['r4nd0m'])
  expect(preloads.head.map(({ nonce }) => nonce)).toEqual(['r4nd0m', 'r4nd0m'])
})

test('Markdown is compiled before the policy is known: its pictures have no placeholder', () => {
  const { placeholders, picture, all } = page('text/index.html')
  expect(picture('a').img.class).toBeUndefined()
  expect([...placeholders.head, ...placeholders.body]).toEqual([])
  expect(all('style')).toEqual([])
})
