/** The studio as a person uses it: one drag or a few keys, a small sidecar in the diff, and the site in the other tab shows the new crop. */
import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { heroImage } from '../../src/index.ts'
import { chromiumArgs, chromiumPath } from './chromium.ts'

const repository = resolve(import.meta.dirname, '../../../..')

let folder: string
let root: string
let server: ViteDevServer
let browser: Browser
let context: BrowserContext
let site: Page
let studio: Page
const complaints: string[] = []
const elsewhere: string[] = []

const git = (...args: readonly string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgSign=false', ...args],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'hero-studio-')))
  root = join(folder, 'site')
  const example = join(repository, 'examples/vite')
  for (const part of ['index.html', 'package.json', 'photos', 'src']) {
    await cp(join(example, part), join(root, part), { recursive: true })
  }
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'))
  await writeFile(join(root, '.gitignore'), 'node_modules\n')
  git('init', '--quiet')
  git('add', '.')
  git('commit', '--quiet', '--message', 'Site')
  server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    cacheDir: join(folder, 'vite'),
    server: { host: '127.0.0.1', port: 0, fs: { allow: [root, repository] } },
    resolve: { conditions: ['@hero-image/source', 'module', 'browser', 'development'] },
    plugins: [
      heroImage({
        presets: {
          // The photo's own ratio would leave no room to move.
          hero: {
            crops: {
              wide: { ratio: '2:1', media: '(min-width: 1024px)' },
              standard: { ratio: '5:4', media: '(min-width: 640px)' },
              tall: { ratio: '4:5' },
            },
          },
          card: { crops: { card: { ratio: '4:3' } }, sizes: '50vw' },
        },
        formats: ['jpeg'],
        effort: 'fast',
        dts: false,
        report: 'silent',
        cache: { dir: join(folder, 'cache') },
      }),
    ],
  })
  await server.listen()
  browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs] })
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await rm(folder, { recursive: true })
})

/** Two tabs: the site, and the studio. */
beforeEach(async () => {
  await context?.close()
  git('checkout', '--quiet', '.')
  git('clean', '--quiet', '--force')
  const origin = server.resolvedUrls?.local[0] ?? ''
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  site = await context.newPage()
  await site.goto(origin)
  await site.waitForFunction('document.querySelector("#hero")?.naturalWidth > 0')
  await site.waitForFunction('document.querySelectorAll("#cards img").length === 2')
  studio = await context.newPage()
  studio.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) complaints.push(message.text())
  })
  studio.on('pageerror', (error) => complaints.push(error.message))
  studio.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(?:data|blob):/.test(request.url())) elsewhere.push(request.url())
  })
  await studio.goto(`${origin}__hero/`)
  await studio.locator('figure svg').first().waitFor()
})

const editor = 'document.querySelector("hero-cropper").shadowRoot'

/** What each preview shows. */
async function previews(): Promise<readonly string[]> {
  const all = `JSON.stringify([...${editor}.querySelectorAll('.preview canvas')].map((canvas) => canvas.toDataURL()))`
  return JSON.parse(String(await studio.evaluate(all)))
}

const frame = (): Promise<unknown> =>
  studio.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')

/** Previews are drawn when the photo has been opened. */
async function waitForPreviews(): Promise<readonly string[]> {
  await studio.locator('hero-cropper .preview').first().waitFor()
  await studio.locator('hero-cropper .notice').waitFor({ state: 'detached' })
  await frame()
  return previews()
}

const focus = (): Locator => studio.getByRole('slider', { name: 'Focus', exact: true })
const hero = async (): Promise<string> => String(await site.evaluate('document.querySelector("#hero")?.currentSrc'))
const lake = async (): Promise<string> =>
  String(await site.evaluate('getComputedStyle(document.querySelector("#lake")).backgroundImage'))

/** Lines that a diff adds and removes. */
const changed = (diff: string): string[] => diff.split('\n').filter((line) => /^[+-](?![+-])/.test(line))

test('the gallery has every hero of the site, and says which pages were opened and which crops deserve a look', async () => {
  expect(await studio.locator('.card h2').allTextContents()).toEqual([
    'photos/canyon-wren.jpg',
    'photos/desert-hike.jpg',
    'photos/lake.jpg',
    'photos/saturn.png',
  ])
  expect(await studio.getByText('not opened yet').count()).toBe(0)
  await expect.poll(() => studio.locator('figure svg').count()).toBe(8)
  const badges = await studio.locator('.card:has(.badge)').count()
  await studio.getByRole('button', { name: /Worth a look/ }).click()
  expect(await studio.locator('.card').count()).toBe(badges)
})

test('by mouse: drag the focus, see every preview follow, save, and the site changes', async () => {
  const before = await hero()
  await studio.getByRole('link', { name: /desert-hike/ }).click()
  const still = await waitForPreviews()
  const box = await focus().boundingBox()
  if (box === null) throw new Error('There is no handle.')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await studio.mouse.move(x, y)
  await studio.mouse.down()
  await studio.mouse.move(x + 60, y - 60, { steps: 4 })
  await frame()
  const halfway = await previews()
  await studio.mouse.move(x + 180, y - 180, { steps: 4 })
  await studio.mouse.up()
  await frame()
  const after = await previews()
  expect(still.length).toBe(3)
  for (const index of still.keys()) {
    expect(halfway[index], `preview ${index} while dragging`).not.toBe(still[index])
    expect(after[index], `preview ${index} at the end`).not.toBe(halfway[index])
  }
  expect(git('status', '--short'), 'nothing is written before it is saved').toBe('')
  await studio.getByRole('button', { name: 'Save', exact: true }).click()
  await studio.getByText('Saved', { exact: true }).waitFor()
  await expect.poll(hero, { timeout: 20_000 }).not.toBe(before)
  await site.waitForFunction('document.querySelector("#hero")?.naturalWidth > 0')
  expect(git('status', '--short')).toBe(' M photos/desert-hike.jpg.hero.json\n')
  const hash = /"photo": "([0-9a-f]{64})"/.exec(await sidecar('desert-hike'))?.[1]
  expect(changed(git('diff'))).toEqual([
    '-  "focus": { "x": 0.35, "y": 0.62 },',
    '-  "alt": "Six hikers on the ridge of an orange dune under a pale blue sky"',
    '+  "$schema": "https://unpkg.com/@hero-image/core/sidecar.schema.json",',
    expect.stringMatching(
      /^\+ {2}"focus": \{ "x": 0\.\d{1,4}, "y": 0\.\d{1,4}(?:, "width": 0\.\d{1,4}, "height": 0\.\d{1,4})? \},$/,
    ),
    '+  "alt": "Six hikers on the ridge of an orange dune under a pale blue sky",',
    `+  "photo": "${hash}"`,
  ])
  expect([complaints, elsewhere]).toEqual([[], []])
})

const sidecar = (photo: string): Promise<string> => readFile(join(root, `photos/${photo}.jpg.hero.json`), 'utf8')

/** Presses Tab until something of this name has the focus. */
async function tabTo(target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await studio.keyboard.press('Tab')
    if (await target.evaluate((element) => element.matches(':focus'))) return
  }
  throw new Error('Tab never leads there.')
}

test('by keyboard only: the same, and back to automatic', async () => {
  const before = await lake()
  await tabTo(studio.getByRole('link', { name: /lake/ }))
  await studio.keyboard.press('Enter')
  const still = await waitForPreviews()
  await tabTo(focus())
  for (let presses = 0; presses < 8; presses += 1) await studio.keyboard.press('Shift+ArrowRight')
  for (let presses = 0; presses < 8; presses += 1) await studio.keyboard.press('Shift+ArrowDown')
  await frame()
  const moved = await previews()
  for (const index of still.keys()) expect(moved[index], `preview ${index}`).not.toBe(still[index])
  await studio.keyboard.press('Control+s')
  await studio.getByText('Saved', { exact: true }).waitFor()
  await expect.poll(lake, { timeout: 20_000 }).not.toBe(before)
  git('add', '--intent-to-add', '.')
  const lines = changed(git('diff'))
  expect(lines.length).toBeLessThanOrEqual(5)
  expect(lines).toContainEqual(expect.stringMatching(/^\+ {2}"focus": \{ "x": /))

  await tabTo(studio.getByRole('button', { name: 'Reset all' }))
  await studio.keyboard.press('Enter')
  await studio.keyboard.press('Control+s')
  await studio.getByText('Back to automatic').waitFor()
  await expect.poll(lake, { timeout: 20_000 }).toBe(before)
  git('reset', '--quiet')
  expect(git('status', '--short')).toBe('')
  await tabTo(studio.getByRole('link', { name: /All photos/ }))
  await studio.keyboard.press('Enter')
  await studio.locator('.card').first().waitFor()
  expect([complaints, elsewhere]).toEqual([[], []])
})

test('what somebody else saved meanwhile is not overwritten unseen', async () => {
  await studio.getByRole('link', { name: /desert-hike/ }).click()
  await waitForPreviews()
  await tabTo(focus())
  await studio.keyboard.press('ArrowLeft')
  await writeFile(join(root, 'photos/desert-hike.jpg.hero.json'), '{ "alt": "Theirs" }')
  await studio.keyboard.press('Control+s')
  await studio.getByRole('alert').waitFor()
  expect(await sidecar('desert-hike')).toBe('{ "alt": "Theirs" }')
  await studio.getByRole('button', { name: 'Load that one' }).click()
  await expect.poll(() => studio.getByRole('alert').count()).toBe(0)
  expect(await studio.getByRole('textbox').first().inputValue()).toBe('Theirs')

  // What nobody has begun to change may be replaced without asking, so the change comes first.
  await tabTo(focus())
  await studio.keyboard.press('ArrowLeft')
  await writeFile(join(root, 'photos/desert-hike.jpg.hero.json'), '{ "alt": "Theirs again" }')
  await studio.keyboard.press('Control+s')
  await studio.getByRole('button', { name: 'Save mine over it' }).click()
  await studio.getByText('Saved', { exact: true }).waitFor()
  expect(await sidecar('desert-hike')).toMatch(/"focus": .*"alt": "Theirs",/s)
})
