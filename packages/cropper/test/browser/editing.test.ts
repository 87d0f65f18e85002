/** The editor in Chromium: what is dragged, typed and undone is seen in every preview and told to the host. */
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { crops, type EditorSite, shownCentre, startEditorSite, told, writeGradient } from './editor-page.ts'

/** Wide enough that every crop can move to the left and to the right. */
const photo = { src: '/gradient.jpg', width: 1500, height: 600, hash: 'a'.repeat(64), name: 'gradient.jpg' }
const subject = {
  by: 'object',
  boxes: [{ kind: 'object', box: { x: 0.15, y: 0.3, width: 0.2, height: 0.4 }, weight: 1 }],
}
const names = ['hero/wide', 'hero/standard', 'hero/tall'] as const

let site: EditorSite
let page: Page

beforeAll(async () => {
  site = await startEditorSite()
  await writeGradient(join(site.folder, 'gradient.jpg'), 1500, 600)
})
afterAll(() => site?.close())

async function open(sidecar: object = {}, touch = false): Promise<void> {
  await page?.context().close()
  const context = touch ? { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } } : {}
  page = await site.open({ photo, subject, sidecar }, context)
}

const slider = (name: string): Locator => page.getByRole('slider', { name, exact: true })
const button = (name: string): Locator => page.getByRole('button', { name, exact: true })
const field = (name: string): Locator => page.getByRole('spinbutton', { name, exact: true })
const choose = (name: RegExp): Promise<void> => page.getByRole('radio', { name }).check()
const centres = (): Promise<{ x: number; y: number }[]> => Promise.all(names.map((name) => shownCentre(page, name)))
const lefts = async (): Promise<number[]> => (await centres()).map(({ x }) => x)
const frame = (): Promise<void> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))))

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('Not on the page.')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** A place on the photo in px of the page. */
async function onPhoto(x: number, y: number): Promise<{ x: number; y: number }> {
  const box = await page.locator('hero-cropper .photo').boundingBox()
  if (box === null) throw new Error('Not on the page.')
  return { x: box.x + x * box.width, y: box.y + y * box.height }
}

describe('the focus by mouse', () => {
  test('every preview follows while it is dragged, and the host hears of it once', async () => {
    await open()
    const before = await lefts()
    const from = await middleOf(slider('Focus'))
    const to = await onPhoto(0.8, 0.5)
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move((from.x + to.x) / 2, to.y, { steps: 4 })
    await frame()
    const halfway = await lefts()
    expect((await told(page)).changes, 'told while it moves').toEqual([])
    await page.mouse.move(to.x, to.y, { steps: 4 })
    await page.mouse.up()
    await frame()
    const after = await lefts()
    for (const [index, name] of names.entries()) {
      expect(halfway[index], name).toBeGreaterThan((before[index] ?? 1) + 0.02)
      expect(after[index], name).toBeGreaterThan((halfway[index] ?? 1) + 0.02)
    }
    expect((await told(page)).changes).toEqual([
      { focus: { x: expect.closeTo(0.8, 2), y: expect.closeTo(0.5, 2), width: 0.2, height: 0.4 }, photo: photo.hash },
    ])
  })

  test('Escape takes a drag back', async () => {
    await open()
    const before = await lefts()
    const from = await middleOf(slider('Focus'))
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(from.x + 200, from.y, { steps: 3 })
    await page.keyboard.press('Escape')
    await page.mouse.up()
    await frame()
    expect(await lefts()).toEqual(before)
    expect((await told(page)).changes).toEqual([])
  })

  test('a click on the photo brings it there, so nobody has to drag', async () => {
    await open()
    const to = await onPhoto(0.9, 0.5)
    await page.mouse.click(to.x, to.y)
    expect((await told(page)).changes).toEqual([
      expect.objectContaining({ focus: expect.objectContaining({ x: expect.closeTo(0.9, 2) }) }),
    ])
  })

  test('its size is dragged at its sides, around its centre', async () => {
    await open()
    const from = await middleOf(slider('Width of the focus'))
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    const to = await onPhoto(0.45, 0.5)
    await page.mouse.move(to.x, to.y, { steps: 3 })
    await page.mouse.up()
    expect((await told(page)).changes.at(-1)?.focus).toEqual({
      x: 0.25,
      y: 0.5,
      width: expect.closeTo(0.4, 1),
      height: 0.4,
    })
  })
})

test('a crop by mouse: only its own preview follows, and it stays in the photo', async () => {
  await open()
  await choose(/tall/)
  const before = await lefts()
  const from = await middleOf(page.locator('hero-cropper .frame'))
  await page.mouse.move(from.x, from.y - 30)
  await page.mouse.down()
  await page.mouse.move(from.x + 2000, from.y, { steps: 3 })
  await page.mouse.up()
  await frame()
  const after = await lefts()
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2))
  expect(after[2]).toBeCloseTo(0.84, 1)
  const rect = (await told(page)).changes.at(-1)?.crops?.tall
  expect(rect && rect.x + rect.width).toBe(1)
  expect(rect?.height).toBe(1)
})

test('by finger: every preview follows', async () => {
  await open({}, true)
  const before = await lefts()
  const from = await middleOf(slider('Focus'))
  const to = await onPhoto(0.8, 0.5)
  const session = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points })
  await touch('touchStart', [from])
  for (const share of [0.25, 0.5, 0.75, 1]) {
    await touch('touchMove', [{ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }])
  }
  await touch('touchEnd', [])
  await frame()
  for (const [index, left] of (await lefts()).entries()) expect(left).toBeGreaterThan((before[index] ?? 1) + 0.1)
  expect((await told(page)).changes).toHaveLength(1)
  expect((await told(page)).changes[0]?.focus?.x).toBeCloseTo(0.8, 1)
})

describe('by keyboard only', () => {
  test('the focus is reached with Tab and moved with arrows; every preview follows; Ctrl+S saves', async () => {
    await open()
    const before = await lefts()
    for (let tabs = 0; tabs < 20 && !(await slider('Focus').evaluate((each) => each.matches(':focus'))); tabs += 1) {
      await page.keyboard.press('Tab')
    }
    for (let presses = 0; presses < 8; presses += 1) await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Alt+ArrowLeft')
    await frame()
    for (const [index, left] of (await lefts()).entries()) expect(left).toBeGreaterThan((before[index] ?? 1) + 0.1)
    expect(await slider('Focus').getAttribute('aria-valuetext')).toBe('63.9\u00a0% from left, 50\u00a0% from top')
    await page.keyboard.press('Control+s')
    expect((await told(page)).saves).toEqual([
      { focus: { x: 0.639, y: 0.5, width: 0.2, height: 0.4 }, photo: photo.hash },
    ])
    await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
  })

  test('a key held down is one step', async () => {
    await open()
    await slider('Focus').focus()
    for (let repeats = 0; repeats < 12; repeats += 1) await page.keyboard.down('ArrowRight')
    await page.keyboard.up('ArrowRight')
    expect((await told(page)).changes.map(({ focus }) => focus?.x)).toEqual([0.37])
  })

  test('a crop is chosen, moved and resized, and keeps its ratio', async () => {
    await open()
    await page.getByRole('radio', { name: /Focus/ }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await slider('Crop wide, bottom right corner').focus()
    await page.keyboard.press('Shift+ArrowLeft')
    await slider('Crop wide, position').focus()
    await page.keyboard.press('End')
    const rect = (await told(page)).changes.at(-1)?.crops?.wide
    expect(rect && (rect.width * photo.width) / (rect.height * photo.height)).toBeCloseTo(2, 2)
    expect(rect && rect.x + rect.width).toBe(1)
    expect(rect?.width).toBeCloseTo(0.75, 3)
    await frame()
    expect(await page.getByRole('status').filter({ hasText: 'Crop wide set' }).count()).toBe(1)
  })

  test('handles show where the keys are', async () => {
    await open()
    await choose(/Limits/)
    await page.keyboard.press('Tab')
    const handle = slider('Outer limits, top edge')
    expect(await handle.evaluate((each) => each.matches(':focus-visible'))).toBe(true)
    expect(await handle.evaluate((each) => getComputedStyle(each, '::before').outlineStyle)).toBe('solid')
  })
})

describe('undo, redo, reset', () => {
  test('by buttons and by keys, with the previews', async () => {
    await open({ alt: 'A gradient' })
    const before = await centres()
    await slider('Focus').focus()
    await page.keyboard.press('End')
    await frame()
    const after = await centres()
    expect(after).not.toEqual(before)
    await button('Undo').click()
    await frame()
    expect(await centres()).toEqual(before)
    await page.keyboard.press('Control+Shift+z')
    await frame()
    expect(await centres()).toEqual(after)
    await page.keyboard.press('Control+z')
    await frame()
    expect(await centres()).toEqual(before)
    expect((await told(page)).changes).toHaveLength(4)
  })

  test('one crop alone becomes automatic again, or all at once; words stay', async () => {
    const rect = { x: 0, y: 0, width: 0.6, height: 0.75 }
    await open({
      alt: 'A gradient',
      focus: { x: 0.5, y: 0.5 },
      crops: { wide: rect, '3:2': rect },
      text: { wide: 'left' },
    })
    await choose(/wide/)
    await button('Reset wide to automatic').click()
    expect((await told(page)).changes.at(-1)).toEqual({
      alt: 'A gradient',
      focus: { x: 0.5, y: 0.5 },
      crops: { '3:2': rect },
      photo: photo.hash,
    })
    await choose(/standard/)
    await button('Reset standard to automatic').click()
    expect((await told(page)).changes.at(-1)?.crops).toBeUndefined()
    await button('Reset all').click()
    expect((await told(page)).changes.at(-1)).toEqual({ alt: 'A gradient', photo: photo.hash })
  })

  test('saving can be undone', async () => {
    await open()
    await slider('Focus').focus()
    await page.keyboard.press('End')
    await button('Save').click()
    await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
    await button('Undo').click()
    expect((await told(page)).changes.at(-1)).toEqual({})
    await page.getByRole('status').filter({ hasText: 'Not saved yet' }).waitFor()
  })
})

describe('in numbers', () => {
  test('previews follow while typing; leaving the field decides', async () => {
    await open()
    const before = await lefts()
    await field('Left').fill('80')
    await frame()
    for (const [index, left] of (await lefts()).entries()) expect(left).toBeGreaterThan((before[index] ?? 1) + 0.1)
    expect((await told(page)).changes).toEqual([])
    await page.keyboard.press('Tab')
    expect((await told(page)).changes.at(-1)?.focus).toMatchObject({ x: 0.8, y: 0.5 })
  })

  test('a crop takes a width and stays in the photo, and in the limits', async () => {
    await open({ limits: { x: 0.1, y: 0, width: 0.8, height: 1 } })
    await choose(/tall/)
    await field('Left').fill('95')
    await page.keyboard.press('Enter')
    const { x, width } = (await told(page)).changes.at(-1)?.crops?.tall ?? { x: 0, width: 0 }
    expect(x + width).toBeCloseTo(0.9, 3)
    await field('Width').fill('10')
    await page.keyboard.press('Enter')
    const rect = (await told(page)).changes.at(-1)?.crops?.tall
    expect(rect && (rect.width * photo.width) / (rect.height * photo.height)).toBeCloseTo(0.8, 2)
    expect(rect?.width).toBeCloseTo(0.1, 3)
  })

  test('limits, a text zone and alternative text', async () => {
    await open()
    await choose(/Limits/)
    await field('Width').fill('50')
    await page.keyboard.press('Enter')
    await choose(/wide/)
    await page.getByRole('combobox', { name: 'Headline lies' }).selectOption('left')
    await frame()
    expect(await page.locator('hero-cropper .hint', { hasText: 'text reads best' }).count()).toBe(1)
    expect(await page.locator('hero-cropper [data-crop="hero/wide"] .headline').count()).toBe(1)
    await page.getByRole('textbox', { name: 'Alternative text' }).fill('Red, then yellow')
    await page.keyboard.press('Tab')
    expect((await told(page)).changes.at(-1)).toEqual({
      limits: { x: 0, y: 0, width: 0.5, height: 1 },
      text: { wide: 'left' },
      alt: 'Red, then yellow',
      photo: photo.hash,
    })
  })

  test('a text zone becomes a rectangle that is moved on the photo', async () => {
    await open()
    await choose(/tall/)
    await page.getByRole('combobox', { name: 'Headline lies' }).selectOption('rect')
    await slider('Text zone of tall, position').focus()
    await page.keyboard.press('Home')
    expect((await told(page)).changes.at(-1)?.text).toEqual({ tall: expect.objectContaining({ x: 0 }) })
  })
})

describe('the host', () => {
  test('a photo that has changed is said, until it is saved', async () => {
    await open({ focus: { x: 0.5, y: 0.5 }, photo: 'b'.repeat(64) })
    const banner = page.getByText('The photo has changed since')
    expect(await banner.count()).toBe(1)
    await button('Save').click()
    await frame()
    expect((await told(page)).saves).toEqual([{ focus: { x: 0.5, y: 0.5 }, photo: photo.hash }])
    expect(await banner.count()).toBe(0)
  })

  test('may give another subject without losing what was decided', async () => {
    await open()
    await slider('Focus').focus()
    await page.keyboard.press('End')
    const before = await centres()
    await page.evaluate(() => window.open({ subject: { by: 'centre', boxes: [] } }))
    await frame()
    expect(await centres()).toEqual(before)
    expect(await page.evaluate(() => document.querySelector('hero-cropper')?.sidecar.focus?.x)).toBe(1)
  })

  test('may forbid connections, workers and inline styles: the photo is opened as a picture', async () => {
    const context = await site.browser.newContext()
    const strict = await context.newPage()
    await strict.route(site.origin, async (route) => {
      const response = await route.fetch()
      const policy =
        "default-src 'none'; script-src 'self'; img-src 'self'; style-src 'none'; connect-src 'none'; worker-src 'none'"
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } })
    })
    await strict.goto(site.origin)
    await strict.evaluate((given) => window.open(given), { photo, subject, crops })
    await strict.locator('hero-cropper .notice').waitFor({ state: 'detached' })
    const { x, y } = await shownCentre(strict, 'hero/wide')
    expect(x).toBeGreaterThan(0.2)
    expect(y).toBeCloseTo(0.5, 1)
    const radius = await strict.locator('hero-cropper .mat').evaluate((mat) => getComputedStyle(mat).borderRadius)
    expect(radius, 'its own styles hold').toBe('14px')
    await context.close()
  })

  test('is told in words when the photo cannot be opened', async () => {
    const context = await site.browser.newContext()
    const broken = await context.newPage()
    await broken.goto(site.origin)
    await broken.evaluate((given) => window.open(given), { photo: { ...photo, src: '/nothing.jpg' } })
    await broken.getByRole('alert').filter({ hasText: 'cannot be opened' }).waitFor()
    await context.close()
  })
})
