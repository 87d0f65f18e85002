/** A static site in one build: the component, Markdown, MDX, content collections, styles and scripts. */
import { type HeroAsset, toAsset } from '@hero-image/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectContract } from '../../unplugin/test/fixtures/contract.ts'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import type { Project } from '../../unplugin/test/fixtures/project.ts'
import { createReference, type Reference } from '../../unplugin/test/fixtures/reference.ts'
import { expectedPicture, expectedPreloads, type Page, readPage } from './fixtures/markup.ts'
import { buildSite, createSite } from './fixtures/site.ts'

let site: Project
let reference: Reference
let output: Map<string, Buffer>

const asset = async (photo: string, query: string): Promise<HeroAsset> =>
  toAsset(await reference.plan(site.at(`src/photos/${photo}`), query), ({ name }) => `/docs/_astro/${name}`)

const page = (path: string): Page => readPage(output.get(path))

beforeAll(async () => {
  site = await createSite({
    'src/photos/a.jpg': await drawPhoto(0),
    'src/photos/b.jpg': await drawPhoto(80),
    'src/photos/my photo.jpg': await drawPhoto(120),
    'src/photos/scripted.jpg': await drawPhoto(160),
    'src/photos/b.jpg.hero.json': '{ "alt": "from the sidecar" }',
    'src/pages/index.astro': `---
import { Image } from 'astro:assets'
import { HeroImage } from '@hero-image/astro/components'
import Base from '../layouts/Base.astro'
import Card from '../components/Card.astro'
import a from '../photos/a.jpg?hero'
import b from '../photos/b.jpg?hero'
import plain from '../photos/a.jpg'
---
<Base>
  <HeroImage src={a} alt="first" priority sizes="50vw" class="wide" id="main" data-kind="hero" style={{ color: 'red' }}
    pictureAttributes={{ class: 'frame' }} />
  <HeroImage src={a} alt="again" loading="eager" fetchpriority="low" />
  <HeroImage src={b} placeholder={false} />
  <HeroImage src={import('../photos/b.jpg?focus=.9,.1&hero=card')} alt="" />
  <Card />
  <Image src={plain} alt="plain" width={50} />
  <script>
    import scripted from '../photos/scripted.jpg?hero=card'
    document.body.dataset.src = scripted.src
  </script>
</Base>
`,
    'src/components/Card.astro': `---
import HeroImage from '@hero-image/astro/HeroImage.astro'
import b from '../photos/b.jpg?hero'
---
<div class="card"><HeroImage src={b} alt="nested" class="photo" priority /></div>
<style>
  .card { background: url(../photos/b.jpg?hero) }
  .photo { width: 100% }
</style>
`,
    'src/pages/text.md': `---
layout: ../layouts/Base.astro
title: Text
---
# Text

In a line ![of "text"](../photos/a.jpg?hero "Its title") and by reference: ![by name][photo]

![with a space](<../photos/my photo.jpg?hero=card>) ![from the root](/src/photos/a.jpg?hero=card) ![without a dot](own.jpg?hero=card)

<img src="../photos/a.jpg?hero" alt="by hand" class="own" sizes="10vw" fetchpriority="high" width="7">

![plain](../photos/a.jpg)

[photo]: ../photos/b.jpg?hero
`,
    'src/pages/others.md': `
![elsewhere](https://example.com/x.jpg?hero)

\`![code](./x.jpg?hero)\`

<!-- ![comment](./x.jpg?hero) <img src="./x.jpg?hero"> -->
`,
    'src/pages/plain.html':
      '<html lang="en"><body><img src="../photos/a.jpg?hero" alt="in HTML" loading="lazy" /></body></html>',
    'src/pages/own.jpg': await drawPhoto(200),
    'src/pages/parts.mdx': `---
layout: ../layouts/Base.astro
title: Parts
---
import { HeroImage } from '@hero-image/astro/components'
import a from '../photos/a.jpg?hero'

# Parts

![in MDX](../photos/a.jpg?hero=card "Its title") and ![plain](../photos/a.jpg)

<HeroImage src={a} alt="as a component" priority />
`,
    'src/content.config.ts': `
import { defineCollection } from 'astro:content'
import { file, glob } from 'astro/loaders'
import { z } from 'astro/zod'
import { heroSchema } from '@hero-image/astro/content'

export const collections = {
  posts: defineCollection({
    loader: glob({ pattern: '**/*.{md,mdx}', base: './src/posts' }),
    schema: z.object({ title: z.string(), cover: heroSchema({ preset: 'card' }), more: z.array(z.object({ photo: heroSchema() })).optional() }),
  }),
  people: defineCollection({ loader: file('src/people.json'), schema: z.object({ face: heroSchema() }) }),
}
`,
    'src/people.json': '[{ "id": "ada", "face": "./photos/b.jpg?hero=card" }]',
    'src/posts/one.md': `---
title: One
cover: ../photos/a.jpg?hero
more:
  - photo: ../photos/b.jpg?focus=.1,.2&hero
---
The text ![in an entry](../photos/a.jpg?hero=card) has a picture, and ![plain](../photos/a.jpg) an image.
`,
    'src/posts/two.mdx': `---
title: Two
cover: ../photos/b.jpg
---
![in an MDX entry](../photos/a.jpg?hero=card)
`,
    'src/pages/posts/[id].astro': `---
import { getCollection, getEntry, render } from 'astro:content'
import { HeroImage } from '@hero-image/astro/components'
import Base from '../../layouts/Base.astro'

export async function getStaticPaths() {
  return (await getCollection('posts')).map((post) => ({ params: { id: post.id }, props: { post } }))
}
const { post } = Astro.props
const { Content } = await render(post)
const person = await getEntry('people', 'ada')
---
<Base title={post.data.title}>
  <HeroImage src={post.data.cover} alt="cover" priority />
  {post.data.more?.map(({ photo }) => <HeroImage src={photo} alt="more" />)}
  <HeroImage src={person.data.face} alt="face" />
  <Content />
  <template set:html={post.rendered?.html} />
</Base>
`,
  })
  reference = createReference(site.root)
  output = await buildSite(site, { base: '/docs/' })
})

afterAll(async () => {
  await reference?.close()
  await site?.remove('')
})

test('the output has the files of all pictures, and neither stubs nor originals', async () => {
  const wish = (file: string, ...queries: string[]): { file: string; query: string }[] =>
    queries.map((query) => ({ file: site.at(`src/${file}`), query }))
  const files = await reference.filesOf(
    ...wish('photos/a.jpg', 'hero', 'hero=card'),
    ...wish('photos/b.jpg', 'hero', 'hero=card', 'focus=.9,.1&hero=card', 'focus=.1,.2&hero'),
    ...wish('photos/my photo.jpg', 'hero=card'),
    ...wish('photos/scripted.jpg', 'hero=card'),
    ...wish('pages/own.jpg', 'hero=card'),
  )
  const astrosOwn = /\/a\.[\w-]+_[\w-]+\.webp$/
  expect([...output.keys()].filter((path) => astrosOwn.test(path))).toHaveLength(2)
  const ours = [...output].filter(([path]) => !astrosOwn.test(path) && !path.startsWith('others/'))
  await expectContract(new Map(ours), files, '_astro')
})

describe('the component', () => {
  test('its picture', async () => {
    const { picture, sources, img } = page('index.html').picture('first')
    const expected = expectedPicture(await asset('a.jpg', 'hero'), {
      alt: 'first',
      priority: true,
      sizes: '50vw',
      class: 'wide',
    })
    expect(sources).toEqual(expected.sources)
    expect(img).toEqual({ ...expected.img, id: 'main', 'data-kind': 'hero', style: 'color:red' })
    expect(picture).toEqual({ class: 'frame' })
  })

  test('preload links are in the head, one for each crop, with the sizes of the picture', async () => {
    const { preloads } = page('index.html')
    const [a, b] = [await asset('a.jpg', 'hero'), await asset('b.jpg', 'hero')]
    expect(preloads.head).toEqual([
      ...expectedPreloads(a).map((link) => ({ ...link, imagesizes: '50vw' })),
      ...expectedPreloads(b),
    ])
    expect(preloads.body).toEqual([])
  })

  test('attributes of the page win', () => {
    expect(page('index.html').picture('again').img).toMatchObject({ loading: 'eager', fetchpriority: 'low' })
  })

  test('alt of the sidecar; an import as src, decoration', async () => {
    const { pictures } = page('index.html')
    expect(pictures.map(({ img }) => img.alt)).toEqual(['first', 'again', 'from the sidecar', '', 'nested'])
    expect(pictures[3]).toEqual(expectedPicture(await asset('b.jpg', 'focus=.9,.1&hero=card'), { alt: '' }))
  })

  test('each placeholder once, in the head; none where it is switched off', async () => {
    const { placeholders, picture } = page('index.html')
    const styles = [
      await asset('a.jpg', 'hero'),
      await asset('b.jpg', 'focus=.9,.1&hero=card'),
      await asset('b.jpg', 'hero'),
    ].map(({ placeholder }) => placeholder?.style)
    expect(placeholders.head).toEqual(styles)
    expect(placeholders.body).toEqual([])
    expect(picture('from the sidecar').img.class).toBeUndefined()
  })

  test("styles of the component that shows it reach the picture's tags", () => {
    const { picture, img } = page('index.html').picture('nested')
    const scope = Object.keys(picture).filter((name) => name.startsWith('data-astro-cid-'))
    expect(scope).toHaveLength(1)
    expect(Object.keys(img)).toEqual(expect.arrayContaining(scope))
    expect(img.class).toMatch(/^photo hero-/)
  })
})

test('a background in the styles of a component', async () => {
  const html = String(output.get('index.html'))
  const b = await asset('b.jpg', 'hero')
  expect(html).toContain(`url(${b.src})`)
  expect(html).toMatch(
    /@media \(width>=640px\)\{\.card\[data-astro-cid-\w+\]\{--hero-\w+:image-set\(url\(\/docs\/_astro\/b-/,
  )
})

test('scripts of the page get the same URLs', async () => {
  const { src } = await asset('scripted.jpg', 'hero=card')
  expect(String(output.get('index.html'))).toContain(src)
})

describe('Markdown', () => {
  test("its images are pictures, with Markdown's own attributes", async () => {
    const { pictures } = page('text/index.html')
    expect(pictures.map(({ img }) => img.alt)).toEqual([
      'of “text”',
      'by name',
      'with a space',
      'from the root',
      'without a dot',
      'by hand',
    ])
    expect(pictures[0]).toEqual(
      expectedPicture(await asset('a.jpg', 'hero'), { alt: 'of “text”', attributes: { title: 'Its title' } }),
    )
    expect(pictures[1]).toEqual(expectedPicture(await asset('b.jpg', 'hero'), { alt: 'by name' }))
    expect(pictures[2]).toEqual(expectedPicture(await asset('my photo.jpg', 'hero=card'), { alt: 'with a space' }))
    expect(pictures[4]?.img.src).toMatch(/^\/docs\/_astro\/own-32x32\./)
  })

  test('an <img> that somebody wrote keeps what was written', async () => {
    const options = { alt: 'by hand', class: 'own', sizes: '10vw', priority: true, attributes: { width: 7 } }
    expect(page('text/index.html').picture('by hand')).toEqual(expectedPicture(await asset('a.jpg', 'hero'), options))
  })

  test('plain images, code, comments and images of other hosts stay what they are', () => {
    expect(
      page('text/index.html')
        .all('img')
        .find(({ alt }) => alt === 'plain')?.src,
    ).toMatch(/a\.\w+_\w+\.webp$/)
    const html = String(output.get('others/index.html'))
    expect(html).toContain('<code>![code](./x.jpg?hero)</code>')
    expect(html).toContain('<!-- ![comment](./x.jpg?hero) <img src="./x.jpg?hero"> -->')
    expect(html).toContain('https://example.com/x.jpg?hero')
  })
})

test('a page in HTML', async () => {
  const picture = expectedPicture(await asset('a.jpg', 'hero'), { alt: 'in HTML' })
  expect(page('plain/index.html').pictures).toEqual([picture])
})

test('MDX: images, components and plain images', async () => {
  const { picture, preloads, all } = page('parts/index.html')
  const card = await asset('a.jpg', 'hero=card')
  expect(picture('in MDX')).toEqual(expectedPicture(card, { alt: 'in MDX', attributes: { title: 'Its title' } }))
  expect(picture('as a component').img.fetchpriority).toBe('high')
  expect(preloads.body).toEqual([])
  expect(all('img').find(({ alt }) => alt === 'plain')?.src).toMatch(/a\.\w+_\w+\.webp$/)
})

describe('content collections', () => {
  test('fields of the frontmatter are assets', async () => {
    const { picture, preloads } = page('posts/one/index.html')
    const cover = await asset('a.jpg', 'hero')
    expect(picture('cover')).toEqual(expectedPicture(cover, { alt: 'cover', priority: true }))
    expect(picture('more')).toEqual(expectedPicture(await asset('b.jpg', 'focus=.1,.2&hero'), { alt: 'more' }))
    expect(picture('face')).toEqual(expectedPicture(await asset('b.jpg', 'hero=card'), { alt: 'face' }))
    expect(preloads).toEqual({ head: expectedPreloads(cover), body: [] })
  })

  test('a field that names just a photo gets the preset of the schema', async () => {
    const card = await asset('b.jpg', 'hero=card')
    expect(page('posts/two/index.html').picture('cover')).toEqual(
      expectedPicture(card, { alt: 'cover', priority: true }),
    )
  })

  test.each(['one', 'two'])('images in the text of %s are pictures', async (id) => {
    const { pictures } = page(`posts/${id}/index.html`)
    const [shown] = pictures.filter(({ img }) => /^in an/.test(img.alt ?? ''))
    const alt = shown?.img.alt ?? ''
    expect(shown).toEqual(expectedPicture(await asset('a.jpg', 'hero=card'), { alt }))
  })

  test('what an entry was rendered to has them as well', () => {
    const [, template = ''] = /<template>([\s\S]*)<\/template>/.exec(String(output.get('posts/one/index.html'))) ?? []
    expect(template).toContain('alt="in an entry"')
    expect(template).not.toContain('hero-picture')
  })
})
