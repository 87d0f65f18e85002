/** The example in Chromium, built and in dev: every screen gets its own crop, one file, and nothing moves; also when one page turns into another. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type AstroInlineConfig, build, dev } from 'astro'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumArgs, chromiumPath } from '../../../vite/test/browser/chromium.ts'
import { serve } from '../../../vite/test/browser/serve.ts'
import { isOurs, layoutShift, parseName, ratioFor } from '../../../vite/test/browser/shown-file.ts'
import { heroImage } from '../../src/index.ts'
import { fromSource, sites } from '../fixtures/site.ts'

const example = resolve(import.meta.dirname, '../../../../examples/astro')

const widths = [390, 820, 1440]

/** A page with notes of what the browser asked for and complained about. */
interface Watched {
  readonly page: Page
  readonly asked: string[]
  readonly complaints: string[]
}

async function open(browser: Browser, width: number): Promise<Watched> {
  const page = await browser.newPage({ viewport: { width, height: 900 } })
  const asked: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => {
    if (isOurs(request.url())) asked.push(request.url())
  })
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return { page, asked, complaints }
}

/** The file that the picture of this text shows, once it is there. A page that still changes puts another element in its place, whose decoding counts. */
async function shown(page: Page, alt: string): Promise<string> {
  const url: unknown = await page.evaluate(`(async () => {
    const show = async (triesLeft) => {
      const image = [...document.images].find(({ alt }) => alt === ${JSON.stringify(alt)})
      image.scrollIntoView()
      try {
        await image.decode()
        return image.currentSrc
      } catch (error) {
        if (triesLeft === 0) throw error
        await new Promise((resolve) => setTimeout(resolve, 200))
        return show(triesLeft - 1)
      }
    }
    return show(10)
  })()`)
  return String(url)
}

const hero = 'Six hikers on the ridge of an orange dune'

let browser: Browser
let folder: string
let config: AstroInlineConfig

beforeAll(async () => {
  await mkdir(sites, { recursive: true })
  folder = await mkdtemp(join(sites, 'example-'))
  config = {
    root: example,
    configFile: false,
    logLevel: 'error',
    outDir: join(folder, 'dist'),
    cacheDir: join(folder, 'astro'),
    devToolbar: { enabled: false },
    vite: { cacheDir: join(folder, 'vite') },
    integrations: [
      heroImage({
        presets: { card: { crops: { card: { ratio: '4:3' } }, sizes: '(min-width: 640px) 20rem, 100vw' } },
        formats: ['avif', 'jpeg'],
        effort: 'fast',
        report: 'silent',
        cache: { dir: join(folder, 'cache') },
      }),
      fromSource,
    ],
  }
  browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs] })
})

afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

function checkPages(origin: () => string): void {
  test.each(widths)('the front page at %i px', async (width) => {
    const { page, asked, complaints } = await open(browser, width)
    await page.goto(origin(), { waitUntil: 'load' })
    const current = await shown(page, hero)
    const { extension, ratio } = parseName(current)
    expect(extension).toBe('avif')
    expect(Math.abs(ratio - ratioFor(width)), current).toBeLessThan(0.01)
    expect(parseName(current).width).toBeGreaterThanOrEqual(width)
    expect(asked.filter((url) => Math.abs(parseName(url).ratio - ratioFor(width)) < 0.01)).toEqual([current])
    expect(new Set(asked).size, 'nothing is asked for twice').toBe(asked.length)
    expect(await page.evaluate(layoutShift)).toBe(0)
    expect(complaints).toEqual([])
    await page.close()
  })
}

/** From the front page to a story and back, without leaving the document. */
async function checkTransitions(origin: string): Promise<void> {
  const { page, asked, complaints } = await open(browser, 1440)
  await page.goto(origin, { waitUntil: 'load' })
  const before = await shown(page, hero)
  await page.evaluate('window.stays = true')

  await page.locator('a.card').click()
  await page.waitForFunction('document.title === "Six on a ridge" && document.querySelectorAll("img").length === 2')
  const cover = await shown(page, 'The ridge of the dune from below')
  expect(Math.abs(parseName(cover).ratio - 4 / 3)).toBeLessThan(0.01)
  expect(parseName(cover).width).toBeGreaterThanOrEqual(900)
  const inText = await shown(page, 'Hikers walking one behind the other')
  expect(parseName(inText).ratio).toBeCloseTo(2)
  const placeholder = 'getComputedStyle(document.querySelector("img")).backgroundImage'
  expect(await page.evaluate(placeholder)).toContain('gradient')

  await page.locator('a', { hasText: 'Back' }).click()
  await page.waitForFunction('document.title === "Dunes"')
  expect(await shown(page, hero)).toBe(before)
  expect(await page.evaluate(placeholder)).toContain('gradient')
  expect(await page.evaluate('document.querySelectorAll("link[rel=preload]").length')).toBe(3)
  expect(await page.evaluate('window.stays')).toBe(true)
  expect(asked.filter((url) => url === cover)).toHaveLength(1)
  expect(complaints).toEqual([])
  await page.close()
}

describe('built', () => {
  let origin = ''
  let stop: () => Promise<void>

  beforeAll(async () => {
    await build(config)
    const served = await serve(join(folder, 'dist'))
    origin = served.origin
    stop = served.close
  })
  afterAll(() => stop())

  checkPages(() => origin)

  test('view transitions', () => checkTransitions(origin))

  test('preload links are in the head of the page', async () => {
    const html = await (await fetch(origin)).text()
    expect(html.split('</head>')[0]?.match(/<link rel="preload" as="image"/g)).toHaveLength(3)
  })
})

describe('in dev', () => {
  let origin = ''
  let stop: () => Promise<void>

  beforeAll(async () => {
    process.env.NODE_ENV = 'development'
    const server = await dev({ ...config, server: { host: '127.0.0.1', port: 0 } })
    origin = `http://127.0.0.1:${server.address.port}/`
    stop = server.stop
    // On a first visit Vite finds dependencies to prepare, and reloads the page when it has.
    const { page } = await open(browser, 800)
    await page.goto(origin, { waitUntil: 'networkidle' })
    await page.close()
  })
  afterAll(() => stop())

  checkPages(() => origin)

  test('view transitions', () => checkTransitions(origin))
})
