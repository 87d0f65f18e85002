/** How the studio looks and feels: nothing that axe complains of, nothing wider than the screen, nothing that its policy forbids. */
import { createRequire } from 'node:module'
import { createEngine, type Engine, resolveOptions } from '@hero-image/core'
import type { AxeResults } from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawClear, drawPhoto } from '../../../unplugin/test/fixtures/photos.ts'
import { createProject, type Project } from '../../../unplugin/test/fixtures/project.ts'
import { testOptions } from '../../../unplugin/test/fixtures/reference.ts'
import { chromiumArgs, chromiumPath } from '../../../vite/test/browser/chromium.ts'
import { createFindPhoto, createScan, type ServedStudio, serveStudio } from '../../src/index.ts'

const axe = createRequire(import.meta.url).resolve('axe-core')

let project: Project
let engine: Engine
let studio: ServedStudio
let browser: Browser

beforeAll(async () => {
  project = await createProject({
    'photos/a.jpg': await drawPhoto(0),
    'photos/a-photo-with-a-name-that-is-longer-than-any-telephone-is-wide.jpg': await drawPhoto(60),
    'photos/clear.png': await drawClear(),
    'photos/broken.jpg': 'no photo',
    'photos/drawing.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><rect width="60" height="30" fill="teal"/></svg>',
    'photos/a.jpg.hero.json': '{ "focus": { "x": 0.7, "y": 0.3 } }',
    'main.js': [
      "import a from './photos/a.jpg?hero'",
      "import card from './photos/a.jpg?focus=.1,.9&hero=card'",
      "import long from './photos/a-photo-with-a-name-that-is-longer-than-any-telephone-is-wide.jpg?hero'",
      "import clear from './photos/clear.png?hero=typo'",
      "import broken from './photos/broken.jpg?hero'",
      "import drawing from './photos/drawing.svg?hero'",
      "import gone from './photos/gone.jpg?hero'",
    ].join('\n'),
  })
  engine = createEngine(resolveOptions({ ...testOptions, cache: { dir: project.at('cache') } }, project.root))
  const uses = createScan({ root: project.root, find: createFindPhoto(project.root) })
  studio = await serveStudio({ engine, uses, port: 0, warn: (message) => expect.unreachable(message) })
  browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs] })
})

afterAll(async () => {
  await browser?.close()
  await studio?.close()
  await engine?.close()
  await project?.remove('')
})

interface Opened {
  readonly page: Page
  readonly complaints: readonly string[]
}

async function open(options: BrowserContextOptions = {}, hash = ''): Promise<Opened> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // The broken photo is answered with an error, on purpose.
    if (message.type() === 'error' && !message.text().includes('422')) complaints.push(message.text())
  })
  await page.goto(studio.url + hash)
  await page
    .locator(hash === '' ? 'figure svg' : 'hero-cropper .preview')
    .first()
    .waitFor()
  await expect.poll(() => page.locator('.waiting, hero-cropper .notice').count()).toBe(0)
  return { page, complaints }
}

const editor = '#photo=photos%2Fa.jpg'

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test.each([
    ['gallery', ''],
    ['editor', editor],
  ])('axe finds nothing in the %s', async (_, hash) => {
    // Only so that axe may be put into the page.
    const { page } = await open({ colorScheme, bypassCSP: true, viewport: { width: 1440, height: 900 } }, hash)
    await page.addScriptTag({ path: axe })
    const found = await page.evaluate('axe.run().then(({ violations }) => JSON.stringify(violations))')
    const violations: AxeResults['violations'] = JSON.parse(String(found))
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([])
    await page.context().close()
  })
})

test.each([320, 390, 820, 1440])(
  'nothing is wider than a screen of %i px, and the policy has nothing to forbid',
  async (width) => {
    for (const hash of ['', editor]) {
      const { page, complaints } = await open({ viewport: { width, height: 844 } }, hash)
      expect(await page.evaluate('document.documentElement.scrollWidth'), hash).toBe(width)
      expect(complaints).toEqual([])
      await page.context().close()
    }
  },
)

test('mistakes stand where they belong, and everything else is there', async () => {
  const { page } = await open()
  const card = (name: string): Promise<string> => page.locator('.card', { hasText: name }).innerText()
  expect(await card('photos/broken.jpg')).toMatch(/not an image|cannot be read|not a picture|Import a JPEG/i)
  expect(await card('photos/clear.png')).toContain("There is no preset 'typo'")
  expect(await card('photos/drawing.svg')).toContain('not cropped')
  expect(await page.locator('.missing').innerText()).toContain('./photos/gone.jpg?hero')
  expect(await card('photos/a.jpg')).toContain('set by hand')
  expect(await page.locator('.card', { hasText: 'photos/a.jpg' }).locator('figure').count()).toBe(3)
  await page.context().close()
})

test('who is not at this machine may look, and is told why nothing can be saved', async () => {
  // As a proxy would say it.
  const { page } = await open({ extraHTTPHeaders: { 'x-forwarded-for': '203.0.113.9' } }, editor)
  expect(await page.getByText('You are looking only').count()).toBe(1)
  await page.locator('hero-cropper').getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saving works only on the machine that runs the server').waitFor()
  await page.context().close()
})

test('what was not saved is not left without asking', async () => {
  const { page } = await open({}, editor)
  await page.getByRole('slider', { name: 'Focus', exact: true }).press('ArrowLeft')
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.message())
    if (asked.length === 1) void dialog.dismiss()
    else void dialog.accept()
  })
  await page.getByRole('link', { name: 'All photos' }).click()
  await expect.poll(() => asked.length).toBe(1)
  expect(new URL(page.url()).hash).toBe(editor)
  await page.getByRole('link', { name: 'All photos' }).click()
  await page.locator('.card').first().waitFor()
  expect(asked).toEqual(['Leave without saving?', 'Leave without saving?'])
  await page.context().close()
})
