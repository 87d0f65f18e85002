/** The example in Chromium, built by Turbopack and served: every screen gets its own crop, one file, first of all, and nothing moves. */
import { cp } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Project } from '../../../unplugin/test/fixtures/project.ts'
import { chromiumArgs, chromiumPath } from '../../../vite/test/browser/chromium.ts'
import { build, createNextProject } from '../fixtures/next-project.ts'
import { type Server, startNext } from '../fixtures/server.ts'

const example = resolve(import.meta.dirname, '../../../../examples/next')

/** The example's own page, and the same picture in a client component and in the pages router. */
const pages = {
  'app/client/page.tsx': `'use client'
import { HeroImage } from '@hero-image/next/image'
import hike from '../../photos/desert-hike.jpg?hero'
export default function Page() {
  return <HeroImage src={hike} alt="" priority ref={(img) => { document.body.dataset.seen = img?.tagName }} />
}
`,
  'pages/_app.tsx': `import '../app/page.css'
import type { AppProps } from 'next/app'
export default function App({ Component, pageProps }: AppProps) { return <Component {...pageProps} /> }
`,
  'pages/pages.tsx': `import { HeroImage } from '@hero-image/next/image'
import hike from '../photos/desert-hike.jpg?hero'
export default function Page() { return <main><HeroImage src={hike} alt="" priority /></main> }
`,
}

const screens = [
  { width: 390, ratio: 4 / 5 },
  { width: 820, ratio: 3 / 2 },
  { width: 1440, ratio: 2 },
]

interface Seen {
  /** Path of every file that was asked for, in order. */
  readonly asked: readonly string[]
  readonly current: string
  readonly ratio: number
  readonly shift: number
  readonly forwarded?: string
  readonly background: string
  /** What the browser complained about. */
  readonly complaints: readonly string[]
}

let browser: Browser
let project: Project
let server: Server

beforeAll(async () => {
  project = await createNextProject({})
  await project.remove('')
  await cp(example, project.root, { recursive: true, filter: (path) => !/(?:\.next|node_modules)$/.test(path) })
  for (const [path, text] of Object.entries(pages)) await project.write(path, text)
  await build(project, 'turbopack')
  server = await startNext(project.root, ['start'])
  browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs] })
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await project?.remove('')
})

async function look(path: string, width: number): Promise<Seen> {
  const context = await browser.newContext({ viewport: { width, height: 900 } })
  try {
    const page = await context.newPage()
    const asked: string[] = []
    const complaints: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text())
    })
    await page.goto(server.origin + path, { waitUntil: 'networkidle' })
    const seen: unknown = await page.evaluate(`(async () => {
      const image = document.querySelector('img')
      const shift = await new Promise((resolve) => {
        let sum = 0
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value })
          .observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(sum), 200)
      })
      const footer = document.querySelector('footer')
      return JSON.stringify({
        current: new URL(image.currentSrc).pathname,
        ratio: image.naturalWidth / image.naturalHeight,
        shift,
        forwarded: document.body.dataset.seen,
        background: footer === null ? '' : getComputedStyle(footer).backgroundImage,
      })
    })()`)
    return { asked, complaints, ...JSON.parse(String(seen)) }
  } finally {
    await context.close()
  }
}

const heroes = (asked: readonly string[]): string[] => asked.filter((path) => path.includes('/desert-hike.'))

describe.each(['/', '/client', '/pages'])('%s', (path) => {
  test.each(screens)(
    '$width px: the right crop in AVIF, in one request, and nothing moves',
    async ({ width, ratio }) => {
      const { asked, current, ratio: shown, shift, complaints } = await look(path, width)
      expect(heroes(asked)).toEqual([current])
      expect(current).toMatch(/\.avif$/)
      expect(Math.abs(shown - ratio), current).toBeLessThan(0.01)
      expect(shift).toBe(0)
      expect(complaints).toEqual([])
    },
  )
})

test('the hero is asked for before anything but the page itself', async () => {
  const { asked, current } = await look('/', 820)
  expect(asked.slice(0, 2)).toEqual(['/', current])
})

test('a client component gets its ref', async () => {
  expect((await look('/client', 390)).forwarded).toBe('IMG')
})

test('a background shows the crop of its screen, and fetches no other', async () => {
  const [narrow, wide] = [await look('/', 390), await look('/', 1440)]
  expect(narrow.background).toMatch(/^image-set\(url\(".*\.avif"\)/)
  expect(wide.background).not.toBe(narrow.background)
  for (const { asked, background } of [narrow, wide]) {
    const wrens = asked.filter((path) => path.includes('/canyon-wren.') && background.includes(path))
    expect(wrens).toHaveLength(1)
  }
})
