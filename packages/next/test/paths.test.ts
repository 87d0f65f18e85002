/** Where URLs lead: base paths, static exports and CDNs, with configs in the forms that projects write. */
import { afterEach, expect, test } from 'vitest'
import { urlsOf } from '../../unplugin/test/fixtures/contract.ts'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import type { Project } from '../../unplugin/test/fixtures/project.ts'
import { testOptions } from '../../unplugin/test/fixtures/reference.ts'
import { asAsset, shownIn } from './fixtures/gallery.ts'
import { build, createNextProject } from './fixtures/next-project.ts'

const page = `import hero from '../hero.jpg?hero=card'
import './page.css'
export default function Page() {
  return <script type="application/json" data-name="hero" dangerouslySetInnerHTML={{ __html: JSON.stringify(hero) }} />
}
`

let project: Project
afterEach(() => project.remove(''))

async function create(files: Readonly<Record<string, string>>): Promise<void> {
  project = await createNextProject({
    'hero.jpg': await drawPhoto(),
    'app/page.jsx': page,
    'app/page.css': '.a { background: url(../hero.jpg?hero=card) }',
    ...files,
  })
  await project.remove('next.config.mjs')
}

test('an exported site under a base path; the config is a function in CommonJS, the options stand in hero.config.ts', async () => {
  await create({
    'package.json': '{ "name": "hero-next-project", "private": true }',
    'next.config.js': `const { withHeroImage } = require('@hero-image/next')
module.exports = withHeroImage(async (phase) => ({ output: 'export', basePath: phase === 'phase-production-build' ? '/docs' : '' }))
`,
    'hero.config.ts': `const options: object = ${JSON.stringify(testOptions)}\nexport default options\n`,
  })
  await build(project, 'turbopack')
  const out = await project.files('out')
  const asset = asAsset(shownIn(String(out.get('index.html'))).get('hero'))
  expect(Object.keys(asset.crops)).toEqual(['card'])
  for (const url of urlsOf(asset)) {
    expect(url).toMatch(/^\/docs\/_next\/static\/media\//)
    expect(out.get(url.replace('/docs/', ''))?.length, url).toBeGreaterThan(0)
  }
  const css = [...out].find(([path]) => path.endsWith('.css'))?.[1].toString() ?? ''
  const files = [...css.matchAll(/url\(\.\.\/media\/([^)]+)\)/g)].map(([, name]) => `_next/static/media/${name}`)
  expect(files.length).toBeGreaterThan(0)
  for (const file of files) expect(out.get(file)?.length, file).toBeGreaterThan(0)
})

test('assets on a CDN, with webpack; the config is a promise', async () => {
  await create({})
  await project.write(
    'next.config.mjs',
    `import { withHeroImage } from '@hero-image/next'
export default withHeroImage(Promise.resolve({ assetPrefix: 'https://cdn.example/x', basePath: '/docs' }), ${JSON.stringify(testOptions)})
`,
  )
  await build(project, 'webpack')
  const output = await project.files('.next')
  const asset = asAsset(shownIn(String(output.get('server/app/index.html'))).get('hero'))
  for (const url of urlsOf(asset)) {
    expect(url).toMatch(/^https:\/\/cdn\.example\/x\/_next\/static\/media\/hero-32x32\.[0-9a-f]{12}\.(?:webp|jpg)$/)
    expect(output.get(url.replace('https://cdn.example/x/_next/', ''))?.length, url).toBeGreaterThan(0)
  }
  const css = [...output].find(([path]) => /^static\/.*\.css$/.test(path))?.[1].toString() ?? ''
  expect(css).toContain('url(https://cdn.example/x/_next/static/media/hero-32x32.')
})
