/** For everybody: no findings of axe in either theme and on any screen, targets that fingers meet, colours that people choose themselves. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EditorSite, startEditorSite, subject, writeGradient } from './editor-page.ts'

const axe = createRequire(import.meta.url).resolve('axe-core')
const photo = { src: '/gradient.jpg', width: 900, height: 600, hash: 'a'.repeat(64), name: 'gradient.jpg' }
const rect = { x: 0.1, y: 0.1, width: 0.6, height: 0.6 }

/** Everything that the editor can show at once. */
const sidecar = {
  focus: { x: 0.3, y: 0.3, width: 0.2, height: 0.2 },
  crops: { wide: rect },
  text: { wide: rect, tall: 'left' },
  alt: 'A gradient',
  photo: 'b'.repeat(64),
} as const

let site: EditorSite

beforeAll(async () => {
  site = await startEditorSite()
  await writeGradient(join(site.folder, 'gradient.jpg'), 900, 600)
})
afterAll(() => site?.close())

async function withPage(options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> {
  const page = await site.open(
    { photo, subject, sidecar, status: { kind: 'error', text: 'Not saved: the disk is full' } },
    options,
  )
  try {
    for (const target of [/Focus/, /Limits/, /wide/, /tall/]) {
      await page.getByRole('radio', { name: target }).check()
      await look(page)
      const zone = page.getByRole('checkbox', { name: 'Move it on the photo' })
      if ((await zone.count()) === 0) continue
      await zone.check()
      await look(page)
    }
  } finally {
    await page.context().close()
  }
}

async function findings(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axe })
  const { violations } = await page.evaluate(async (): Promise<Pick<AxeResults, 'violations'>> => {
    const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await window.axe.run(document, { runOnly: rules })
    return { violations }
  })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}

declare global {
  interface Window {
    readonly axe: typeof import('axe-core')
  }
}

describe.each([390, 820, 1440])('%i px', (width) => {
  test.each(['light', 'dark'] as const)('axe finds nothing: %s', async (colorScheme) => {
    await withPage({ viewport: { width, height: 900 }, colorScheme }, async (page) => {
      expect(await findings(page)).toEqual([])
    })
  })

  test('nothing is wider than the screen', async () => {
    await withPage({ viewport: { width, height: 900 } }, async (page) => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    })
  })
})

test.each([
  ['a mouse', 24, { viewport: { width: 1440, height: 900 } }],
  ['fingers', 44, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
] as const)('targets for %s are at least %i px', async (_, least, options) => {
  await withPage(options, async (page) => {
    const boxes = await page
      .locator('hero-cropper')
      .locator('.button, .handle, .choice, .check, select, textarea, input[type=number]')
      .evaluateAll((all) =>
        all.map((each) => ({ name: each.className || each.localName, box: each.getBoundingClientRect().toJSON() })),
      )
    const small = boxes.filter(({ box }) => box.width > 0 && (box.width < least || box.height < least))
    expect(small).toEqual([])
  })
})

test('handles of a tiny focus do not cover each other', async () => {
  const tiny = { focus: { x: 0.5, y: 0.5, width: 0.02, height: 0.02 } }
  const page = await site.open({ photo, subject, sidecar: tiny })
  const centres = await page.locator('hero-cropper .handle').evaluateAll((all) =>
    all.map((each) => {
      const { x, y, width, height } = each.getBoundingClientRect()
      return { x: x + width / 2, y: y + height / 2 }
    }),
  )
  for (const [index, one] of centres.entries()) {
    for (const other of centres.slice(index + 1)) {
      expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(24)
    }
  }
  await page.context().close()
})

test('with colours that the person chose, what is moved is still seen', async () => {
  await withPage({ forcedColors: 'active' }, async (page) => {
    const seen = await page
      .locator('hero-cropper .handle')
      .first()
      .evaluate((handle) => {
        const { borderTopStyle, width } = getComputedStyle(handle, '::before')
        return { borderTopStyle, width: Number.parseFloat(width) }
      })
    expect(seen.borderTopStyle).toBe('solid')
    expect(seen.width).toBeGreaterThan(10)
  })
})

test('with less motion nothing moves by itself', async () => {
  await withPage({ reducedMotion: 'reduce' }, async (page) => {
    const moving = await page
      .locator('hero-cropper')
      .locator('*')
      .evaluateAll((all) => all.filter((each) => getComputedStyle(each).transitionDuration !== '0s').length)
    expect(moving).toBe(0)
  })
})
