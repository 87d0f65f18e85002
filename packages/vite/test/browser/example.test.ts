/** The example in Chromium, built and in dev: every screen gets its own crop, one file, and nothing moves. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type HeroOptions, loadConfig } from '@hero-image/core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build, createServer, type InlineConfig, preview } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { heroImage } from '../../src/index.ts'
import { chromiumArgs, chromiumPath } from './chromium.ts'
import { isOurs, layoutShift, parseName, ratioFor } from './shown-file.ts'

const example = resolve(import.meta.dirname, '../../../../examples/vite')

/** The options of the example; encoders in a hurry, and no WebP, which Chromium would not ask for. */
const options = async (cache: string): Promise<HeroOptions> => ({
  ...(await loadConfig(example))?.options,
  formats: ['avif', 'jpeg'],
  effort: 'fast',
  dts: false,
  report: 'silent',
  cache: { dir: cache },
})

const screens = [390, 820, 1440, 2560].flatMap((width) => [1, 2, 3].map((density) => ({ width, density })))

interface Seen {
  /** URL of every picture that was asked for. */
  readonly asked: readonly string[]
  readonly current: string
  /** Widths of the source that the browser chose from. */
  readonly ladder: readonly number[]
  readonly shift: number
  readonly background: string
}

async function look(browser: Browser, url: string, width: number, density: number): Promise<Seen> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, deviceScaleFactor: density })
  try {
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => {
      if (isOurs(request.url())) asked.push(request.url())
    })
    await page.goto(url, { waitUntil: 'load' })
    await page.waitForFunction('document.querySelectorAll("#cards img").length === 2')
    return { asked, ...(await inspect(page)) }
  } finally {
    await context.close()
  }
}

async function inspect(page: Page): Promise<Omit<Seen, 'asked'>> {
  const seen: unknown = await page.evaluate(`(async () => {
    const image = document.querySelector('#hero')
    const source = [...image.parentNode.querySelectorAll('source')].find(
      (each) => each.type === 'image/avif' && (each.media === '' || matchMedia(each.media).matches))
    const shift = await ${layoutShift}
    return JSON.stringify({
      current: image.currentSrc,
      ladder: source.srcset.split(', ').map((candidate) => parseInt(candidate.split(' ')[1], 10)),
      shift,
      background: getComputedStyle(document.querySelector('#lake')).backgroundImage,
    })
  })()`)
  return JSON.parse(String(seen))
}

/** The widest file that is no more than one step above what the screen needs. */
function widestSensible(ladder: readonly number[], needed: number): number {
  const enough = ladder.findIndex((width) => width >= needed)
  return ladder[enough < 0 ? ladder.length - 1 : Math.min(enough + 1, ladder.length - 1)] ?? 0
}

let browser: Browser
let folder: string
let config: InlineConfig

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hero-example-'))
  config = {
    root: example,
    configFile: false,
    logLevel: 'error',
    cacheDir: join(folder, 'vite'),
    build: { outDir: join(folder, 'dist'), emptyOutDir: true },
  }
  browser = await chromium.launch({
    executablePath: chromiumPath,
    args: [...chromiumArgs],
  })
})

afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

function checkScreens(origin: () => string): void {
  test.each(screens)('$width px at density $density', async ({ width, density }) => {
    const { asked, current, ladder, shift, background } = await look(browser, origin(), width, density)
    const shown = parseName(current)
    expect(shown.extension).toBe('avif')
    expect(Math.abs(shown.ratio - ratioFor(width)), current).toBeLessThan(0.01)
    expect(ladder).toContain(shown.width)
    expect(shown.width).toBeLessThanOrEqual(widestSensible(ladder, width * density))
    expect(shown.width).toBeGreaterThanOrEqual(Math.min(width, ladder.at(-1) ?? 0))
    expect(
      asked.filter((url) => url.includes('/desert-hike-')),
      'requests for the hero',
    ).toEqual([current])
    expect(shift).toBe(0)
    const behind = asked.filter((url) => url.includes('/lake-'))
    expect(behind, 'requests for the background').toHaveLength(1)
    expect(parseName(behind[0] ?? '').extension).toBe('avif')
    expect(Math.abs(parseName(behind[0] ?? '').ratio - ratioFor(width)), background).toBeLessThan(0.01)
  })
}

describe('built', () => {
  let origin = ''
  let stop: () => Promise<void>

  beforeAll(async () => {
    await build({ ...config, plugins: [heroImage(await options(join(folder, 'cache')))] })
    const server = await preview({ ...config, preview: { host: '127.0.0.1', port: 0 } })
    const address = server.httpServer.address()
    if (typeof address === 'object' && address !== null) origin = `http://127.0.0.1:${address.port}/`
    stop = () => server.close()
  })
  afterAll(() => stop())

  checkScreens(() => origin)
})

describe('in dev', () => {
  let origin = ''
  let stop: () => Promise<void>

  beforeAll(async () => {
    const server = await createServer({
      ...config,
      plugins: [heroImage(await options(join(folder, 'cache-dev')))],
      server: { host: '127.0.0.1', port: 0, ws: false, watch: null },
    })
    await server.listen()
    const address = server.httpServer?.address()
    if (typeof address === 'object' && address !== null) origin = `http://127.0.0.1:${address.port}/`
    stop = () => server.close()
  })
  afterAll(() => stop())

  checkScreens(() => origin)
})
