/** The page that hosts the element, built from source and served, and what a test does on it. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sidecar } from '@hero-image/core/sidecar'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import { build, type PreviewServer, preview } from 'vite'
import type { CropperCrop, HeroCropperProperties } from '../../src/index.ts'

/** Crops of the built-in presets. */
export const crops: readonly CropperCrop[] = [
  { preset: 'hero', name: 'wide', ratio: 2, media: '(min-width: 1024px)' },
  { preset: 'hero', name: 'standard', ratio: 1.5, media: '(min-width: 640px)' },
  { preset: 'hero', name: 'tall', ratio: 0.8 },
]

/** Two people, as the finder tells of them. */
export const subject: HeroCropperProperties['subject'] = {
  by: 'faces',
  boxes: [
    { kind: 'face', box: { x: 0.225, y: 0.165, width: 0.075, height: 0.15 }, weight: 1, score: 0.93 },
    { kind: 'face', box: { x: 0.355, y: 0.24, width: 0.085, height: 0.15 }, weight: 1, score: 0.97 },
    { kind: 'person', box: { x: 0.1, y: 0.08, width: 0.44, height: 0.9 }, weight: 0.7, score: 0.9 },
  ],
}

/** A server, a browser and the folder they share. */
export interface EditorSite {
  readonly origin: string
  readonly browser: Browser
  /** Put photos here; they are served from `/`. */
  readonly folder: string
  /** A page with the photo on the table. */
  open(properties: Partial<HeroCropperProperties>, context?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking']

/** Builds the page and starts everything. */
export async function startEditorSite(): Promise<EditorSite> {
  const folder = await mkdtemp(join(tmpdir(), 'hero-cropper-'))
  const root = join(import.meta.dirname, 'page')
  const outDir = join(folder, 'site')
  await mkdir(outDir)
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@hero-image/source', 'module', 'browser', 'production'] },
    build: { outDir, emptyOutDir: true },
  })
  const server: PreviewServer = await preview({
    configFile: false,
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  })
  const address = server.httpServer.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no address.')
  const origin = `http://127.0.0.1:${address.port}/`
  const browser = await chromium.launch({ executablePath, args })
  return {
    origin,
    browser,
    folder: outDir,
    async open(properties, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
      const page = await context.newPage()
      await page.goto(origin)
      await page.evaluate((given) => window.open(given), { crops, ...properties })
      await page.locator('hero-cropper .device').first().waitFor()
      await page.waitForFunction(
        () => document.querySelector('hero-cropper')?.shadowRoot?.querySelector('.notice') === null,
      )
      return page
    },
    async close() {
      await browser.close()
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A photo in which every place has its own colour: red grows to the right, green downwards. */
export async function writeGradient(file: string, width: number, height: number): Promise<void> {
  const data = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data[(y * width + x) * 3] = Math.round((255 * x) / (width - 1))
      data[(y * width + x) * 3 + 1] = Math.round((255 * y) / (height - 1))
      data[(y * width + x) * 3 + 2] = 90
    }
  }
  await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4' })
    .toFile(file)
}

/** The centre of what a preview shows, in shares of the gradient: read from its pixels. */
export async function shownCentre(page: Page, crop: string): Promise<{ x: number; y: number }> {
  return page.locator(`hero-cropper [data-crop="${crop}"] canvas`).evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('The preview is no canvas.')
    const pixel = canvas.getContext('2d')?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data
    return { x: (pixel?.[0] ?? 0) / 255, y: (pixel?.[1] ?? 0) / 255 }
  })
}

/** What the host was told so far. */
export async function told(page: Page): Promise<{ changes: Sidecar[]; saves: Sidecar[] }> {
  return page.evaluate(() => ({ changes: window.changes, saves: window.saves }))
}
