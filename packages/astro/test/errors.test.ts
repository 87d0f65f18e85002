/** What cannot become a picture fails with file and line, and says what to do. */
import type { AstroInlineConfig, AstroIntegration } from 'astro'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import type { Project } from '../../unplugin/test/fixtures/project.ts'
import { buildSite, createSite, heroes } from './fixtures/site.ts'

let site: Project
let written: string[] = []

const contentConfig = `
import { defineCollection } from 'astro:content'
import { glob } from 'astro/loaders'
import { z } from 'astro/zod'
import { heroSchema } from '@hero-image/astro/content'
const posts = defineCollection({
  loader: glob({ pattern: '*.md', base: './src/posts' }),
  schema: z.object({ cover: heroSchema().optional() }),
})
export const collections = { posts }
`

const createBlog = async (): Promise<Project> =>
  createSite({
    'src/a.jpg': await drawPhoto(0),
    'src/pages/index.astro': '<p>Good</p>\n',
    'src/content.config.ts': contentConfig,
    'src/posts/good.md': 'Good\n',
  })

beforeAll(async () => {
  site = await createBlog()
})

afterEach(async () => {
  for (const path of written) await site.remove(path)
  written = []
})

afterAll(() => site?.remove(''))

/** What a build says that finds the given files in the site. */
async function complaint(files: Readonly<Record<string, string>>, config: AstroInlineConfig = {}): Promise<string> {
  written = Object.keys(files)
  return complaintIn(site, files, config)
}

async function complaintIn(
  place: Project,
  files: Readonly<Record<string, string>>,
  config: AstroInlineConfig = {},
): Promise<string> {
  for (const [path, text] of Object.entries(files)) await place.write(path, text)
  const said: unknown = await buildSite(place, config).then(
    () => 'nothing',
    (error: unknown) => error,
  )
  return said instanceof Error ? `${said.message} ${'hint' in said ? said.hint : ''}` : String(said)
}

const page = (frontmatter: string, markup: string): string => `---
import { HeroImage } from '@hero-image/astro/components'
${frontmatter}
---
${markup}
`

describe('Markdown', () => {
  test.each(['md', 'mdx'])('a photo that is not there, in .%s', async (extension) => {
    const path = `src/pages/bad.${extension}`
    const said = await complaint({ [path]: '# Bad\n\n![b](../b.jpg?hero)\n' })
    expect(said).toContain(`[HERO_SOURCE_MISSING] ${site.at(path)}:3: ![b](../b.jpg?hero): There is no photo ../b.jpg.`)
  })

  test.each(['md', 'mdx'])('a preset that is not there, in .%s', async (extension) => {
    const path = `src/pages/bad.${extension}`
    const said = await complaint({ [path]: '---\ntitle: Bad\n---\n\n![a](../a.jpg?hero=crad)\n' })
    expect(said).toContain(`[HERO_UNKNOWN_PRESET] ${site.at(path)}:5:`)
    expect(said).toContain("There is no preset 'crad'.")
    expect(said).toMatch(/card/)
  })

  test('an <img> in MDX, whose src is a text', async () => {
    const said = await complaint({ 'src/pages/bad.mdx': '# Bad\n\n<img src="../a.jpg?hero" alt="a" />\n' })
    expect(said).toContain(`[HERO_UNSUPPORTED_REFERENCE] ${site.at('src/pages/bad.mdx')}:3:`)
    expect(said).toContain('![…](../a.jpg?hero)')
  })

  test('a processor that another integration chose later', async () => {
    const later: AstroIntegration = {
      name: 'later',
      hooks: {
        'astro:config:setup': async ({ updateConfig }) => {
          const { satteri } = await import('@astrojs/markdown-satteri')
          updateConfig({ markdown: { processor: satteri() } })
        },
      },
    }
    const files = { 'src/pages/bad.md': '![a](../a.jpg?hero)\n' }
    const said = await complaint(files, { integrations: [heroes(site), later] })
    expect(said).toContain(`[HERO_UNSUPPORTED_REFERENCE] ${site.at('src/pages/bad.md')}`)
    expect(said).toContain('Put heroImage() last')
  })
})

describe('content collections', () => {
  const list = page(
    "import { getCollection } from 'astro:content'\nconst posts = await getCollection('posts')",
    '<Fragment set:html={posts.map(({ rendered }) => rendered?.html).join()} />',
  )

  test.each([
    ['frontmatter', '---\ncover: ../b.jpg?hero\n---\nText\n', 2, 'cover: ../b.jpg?hero'],
    ['text', '---\ntitle: Bad\n---\n![b](../b.jpg?hero)\n', 4, '![b](../b.jpg?hero)'],
  ])('a photo in the %s that is not there', async (_, text, number, line) => {
    const said = await complaint({ 'src/posts/bad.md': text, 'src/pages/list.astro': list })
    expect(said).toContain(
      `[HERO_SOURCE_MISSING] ${site.at('src/posts/bad.md')}:${number}: ${line}: There is no photo ../b.jpg.`,
    )
  })

  test('an unknown key', async () => {
    const files = { 'src/posts/bad.md': '---\ncover: ../a.jpg?hero&focsu=.1,.2\n---\n', 'src/pages/list.astro': list }
    const said = await complaint(files)
    expect(said).toContain(`[HERO_UNKNOWN_QUERY] ${site.at('src/posts/bad.md')}:2:`)
    expect(said).toContain('focus')
  })

  test.each([
    ['https://example.com/a.jpg?hero', 'is on another host'],
    ['../a.jpg?w=300', 'write ?hero or ?hero=<preset>'],
    ['7', 'string'],
  ])('cover: %s is refused by the schema, with entry and field', async (cover, reason) => {
    const said = await complaint({ 'src/posts/bad.md': `---\ncover: ${cover}\n---\n`, 'src/pages/list.astro': list })
    expect(said).toMatch(/posts → bad/)
    expect(said).toContain('cover')
    expect(said).toContain(reason)
  })

  test('an entry that was compiled without us', async () => {
    // A site of its own: Astro saves entries half a second late, a refused build's over the next one's.
    const other = await createBlog()
    const entry = { 'src/posts/bad.md': '![a](../a.jpg?hero)\n' }
    await other.write('src/posts/bad.md', entry['src/posts/bad.md'])
    await buildSite(other, { integrations: [] })
    const said = await complaintIn(other, { ...entry, 'src/pages/list.astro': list })
    expect(said).toContain('The entry "bad" has a picture, but was compiled before Hero Image was there.')
    expect(said).toContain('--force')
    await buildSite(other, { force: true })
    await other.remove('')
  })
})

describe('.astro', () => {
  test('the name of a picture as a text', async () => {
    const said = await complaint({ 'src/pages/bad.astro': page('', '<img alt="a"\n  src="../a.jpg?hero" />') })
    expect(said).toContain(`[HERO_UNSUPPORTED_REFERENCE] ${site.at('src/pages/bad.astro')}:6:`)
    expect(said).toContain("Write import hero from '../a.jpg?hero' in the frontmatter")
  })

  test.each([
    ["import a from '../a.jpg?hero'", '<HeroImage src={a} />', 'has no alt text', 'sidecar'],
    ['', '<HeroImage src={"../a" + ".jpg"} alt="a" />', "src is the text '../a.jpg'", '?hero'],
    ["import a from '../a.jpg'", '<HeroImage src={a} alt="a" />', 'src is an image imported without ?hero', '?hero'],
    ['', '<HeroImage alt="a" />', 'src is missing', '?hero'],
  ])('%s%s', async (frontmatter, markup, reason, hint) => {
    const said = await complaint({ 'src/pages/bad.astro': page(frontmatter, markup) })
    expect(said).toContain('[HERO_INVALID_OPTION] <HeroImage> on /bad')
    expect(said).toContain(reason)
    expect(said).toContain(hint)
  })
})

describe('options', () => {
  test('an unknown one stops the start', async () => {
    const options = JSON.parse('{ "qualiti": 3 }')
    expect(await complaint({}, { integrations: [heroes(site, options)] })).toMatch(/HERO_UNKNOWN_OPTION.*quality/s)
  })

  test('hero.config.ts counts when none are given', async () => {
    const { heroImage } = await import('../src/index.ts')
    await site.write('hero.config.ts', 'export default { wrong: 1 }\n')
    written = ['hero.config.ts']
    const said = await buildSite(site, { integrations: [heroImage()] }).catch(String)
    expect(said).toMatch(/HERO_UNKNOWN_OPTION.*wrong/s)
  })
})
