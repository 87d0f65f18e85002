/** The studio in Astro: at `/__hero/` below the site's base, and one click away in the dev toolbar. */
import { type AstroInlineConfig, dev } from 'astro'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawPhoto } from '../../../unplugin/test/fixtures/photos.ts'
import type { Project } from '../../../unplugin/test/fixtures/project.ts'
import { chromiumArgs, chromiumPath } from '../../../vite/test/browser/chromium.ts'
import { buildSite, createSite, siteConfig } from '../fixtures/site.ts'

let site: Project
let server: Awaited<ReturnType<typeof dev>>
let browser: Browser

const config = (): AstroInlineConfig => ({ base: '/shop', vite: { cacheDir: site.at('vite') } })

beforeAll(async () => {
  site = await createSite({
    'src/a.jpg': await drawPhoto(0),
    'src/b.jpg': await drawPhoto(90),
    'src/pages/index.astro': `---
import { HeroImage } from '@hero-image/astro/components'
import Base from '../layouts/Base.astro'
import a from '../a.jpg?hero'
---
<Base><HeroImage src={a} alt="a" /></Base>
`,
    'src/pages/text.md': '![b](../b.jpg?hero=card)\n',
  })
  server = await dev(
    siteConfig(site, { ...config(), devToolbar: { enabled: true }, server: { host: '127.0.0.1', port: 0 } }),
  )
  browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs] })
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await site?.remove('')
})

test('the toolbar leads to it, and it has what pages and Markdown show', async () => {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 } })
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${server.address.port}/shop/`)
  await page.locator('astro-dev-toolbar').waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Hero Image' }).click()
  const opened = context.waitForEvent('page')
  await page.getByRole('link', { name: 'Open the crops' }).click()
  const studio = await opened
  await studio.locator('figure svg').first().waitFor()
  expect(new URL(studio.url()).pathname).toBe('/shop/__hero/')
  expect(await studio.locator('.card h2').allTextContents()).toEqual(['src/a.jpg', 'src/b.jpg'])
  expect(await studio.locator('.importers').allTextContents()).toEqual(['src/pages/index.astro', 'src/pages/text.md'])
  expect(await studio.locator('.card').first().getByText('not opened yet').count()).toBe(0)
  expect(await studio.getByText('You are looking only').count()).toBe(0)
})

test('no build has a trace of it', async () => {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  const files = await buildSite(site, config())
  process.env.NODE_ENV = before
  expect(files.size).toBeGreaterThan(2)
  for (const [name, bytes] of files) {
    expect(bytes.toString('latin1'), name).not.toMatch(/__hero|hero-token|hero-cropper|dev-toolbar/)
  }
})
