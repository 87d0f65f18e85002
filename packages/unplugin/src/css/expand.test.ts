import type { HeroAsset } from '@hero-image/core'
import { expect, test } from 'vitest'
import { expandReferences } from './expand.ts'
import { toReferenceUrl } from './references.ts'

const source = (crop: string, file: string, media?: string): HeroAsset['sources'][number] => ({
  crop,
  type: 'image/jpeg',
  srcset: `/${file} 400w`,
  sizes: '100vw',
  width: 400,
  height: 300,
  ...(media === undefined ? {} : { media }),
})
const asset: HeroAsset = {
  preset: 'hero',
  src: '/tall.jpg',
  width: 400,
  height: 300,
  sources: [source('wide', 'wide.jpg', '(min-width: 1000px)'), source('tall', 'tall.jpg')],
  crops: {},
  preload: [],
}
const url = `url("${toReferenceUrl({ file: '/a.jpg', query: 'hero' })}")`
const expand = (css: string): Promise<string> => expandReferences(css, async () => asset)

test('a background changes with the viewport, and keeps what the rule says beside it', async () => {
  const css = await expand(`.a { background: ${url} center / cover }`)
  expect(css).toMatch(/--hero-\w+: url\("\/tall\.jpg"\)/)
  expect(css).toMatch(/background: var\(--hero-\w+\) center \/ cover/)
  expect(css).toMatch(/@media \(min-width: 1000px\)[^}]*\.a[^}]*wide\.jpg/)
})

test('where a user lets the browser choose already, there is room for one file only', async () => {
  expect(await expand(`.a { background-image: image-set(${url} 1x, url(b.jpg) 2x) }`)).toBe(
    '.a { background-image: image-set(url("/tall.jpg") 1x, url(b.jpg) 2x) }',
  )
})

test('keyframes cannot hold media: they show the default crop', async () => {
  const css = await expand(`@keyframes k { from { background-image: ${url} } }`)
  expect(css).toContain('tall.jpg')
  expect(css).not.toContain('@media')
})
