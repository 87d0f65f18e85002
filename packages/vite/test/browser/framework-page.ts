/** The page that all framework examples share, as a browser sees it. */
import type { Browser } from 'playwright-core'
import { expect } from 'vitest'
import { isOurs, layoutShift, parseName, ratioFor } from './shown-file.ts'

interface Picture {
  readonly alt: string
  readonly loading: string
  readonly current: string
  readonly background: string
}

interface Seen {
  /** URL of every picture that was asked for. */
  readonly asked: readonly string[]
  /** What went wrong, in the browser's words. */
  readonly problems: readonly string[]
  readonly hero: Picture
  readonly card: Picture
  readonly shift: number
}

const script = `(async () => {
  const read = async (image) => {
    image.scrollIntoView()
    await image.decode()
    const background = getComputedStyle(image).backgroundImage
    return { alt: image.alt, loading: image.loading, current: image.currentSrc, background }
  }
  const [hero, card] = document.querySelectorAll('picture > img')
  return JSON.stringify({ hero: await read(hero), card: await read(card), shift: await ${layoutShift} })
})()`

async function look(browser: Browser, url: string, width: number): Promise<Seen> {
  const context = await browser.newContext({ viewport: { width, height: 900 } })
  try {
    const page = await context.newPage()
    const asked: string[] = []
    const problems: string[] = []
    page.on('request', (request) => {
      if (isOurs(request.url())) asked.push(request.url())
    })
    page.on('console', (message) => problems.push(...(message.type() === 'error' ? [message.text()] : [])))
    page.on('pageerror', (error) => problems.push(error.message))
    await page.goto(url, { waitUntil: 'load' })
    return { asked, problems, ...JSON.parse(String(await page.evaluate(script))) }
  } finally {
    await context.close()
  }
}

/** Opens the page: right crops as AVIF, each asked for once, alt texts and placeholders, nothing moves and nothing fails. */
export async function expectPictures(browser: Browser, url: string, width: number): Promise<void> {
  const { asked, problems, hero, card, shift } = await look(browser, url, width)
  expect(problems).toEqual([])
  expect(hero).toMatchObject({ alt: 'Six hikers on the ridge of an orange dune', loading: 'eager' })
  expect(hero.background).toContain('gradient')
  expect(parseName(hero.current).extension).toBe('avif')
  expect(Math.abs(parseName(hero.current).ratio - ratioFor(width)), hero.current).toBeLessThan(0.01)
  expect(parseName(hero.current).width).toBeGreaterThanOrEqual(width)
  expect(asked.filter((each) => each.includes('/desert-hike-'))).toEqual([hero.current])

  expect(card).toMatchObject({ alt: 'A canyon wren singing on a rock', loading: 'lazy' })
  expect(card.background).toContain('gradient')
  expect(parseName(card.current).extension).toBe('avif')
  expect(Math.abs(parseName(card.current).ratio - 4 / 3), card.current).toBeLessThan(0.01)
  expect(asked.filter((each) => each.includes('/canyon-wren-'))).toEqual([card.current])
  expect(shift).toBe(0)
}
