/** Edits in dev as a person sees them: the page in Chromium shows the new crop, and nobody has reloaded it. */
import { rm } from 'node:fs/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawPhoto } from '../../../unplugin/test/fixtures/photos.ts'
import { createProject, type Project } from '../../../unplugin/test/fixtures/project.ts'
import { testOptions } from '../../../unplugin/test/fixtures/reference.ts'
import { heroImage } from '../../src/index.ts'
import { chromiumArgs, chromiumPath } from './chromium.ts'

let project: Project
let browser: Browser
let server: ViteDevServer
let page: Page

beforeAll(async () => {
  project = await createProject({
    'package.json': '{"type":"module","name":"fixture"}',
    'photos/a.jpg': await drawPhoto(0),
    'index.html': '<body><script type="module" src="/main.js"></script>',
    'main.js':
      "import hero from './photos/a.jpg?hero'\nimport './look.css'\nconst image = new Image()\nimage.id = 'shown'\nimage.src = hero.src\ndocument.body.append(image)\n",
    'look.css': 'body { background: url(./photos/a.jpg?hero=card) }\n',
  })
  server = await createServer({
    root: project.root,
    configFile: false,
    logLevel: 'silent',
    server: { host: '127.0.0.1', port: 0 },
    plugins: [heroImage({ ...testOptions, cache: { dir: project.at('cache') } })],
  })
  await server.listen()
  browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs] })
  page = await browser.newPage()
  await page.goto(server.resolvedUrls?.local[0] ?? '')
  await page.waitForFunction('document.querySelector("#shown")?.naturalWidth > 0')
})

afterAll(async () => {
  await browser.close()
  await server.close()
  await project.remove('')
})

const shown = async (): Promise<string> => String(await page.evaluate('document.querySelector("#shown")?.currentSrc'))
const background = async (): Promise<string> =>
  String(await page.evaluate('getComputedStyle(document.body).backgroundImage'))

/** Does something to the project and waits until picture and background have changed and the picture is drawn. */
async function expectChange(edit: () => Promise<void>): Promise<{ before: string; after: string }> {
  const [before, painted] = [await shown(), await background()]
  await edit()
  await expect.poll(shown, { timeout: 20_000 }).not.toBe(before)
  await expect.poll(background, { timeout: 20_000 }).not.toBe(painted)
  await page.waitForFunction('document.querySelector("#shown")?.naturalWidth > 0')
  return { before, after: await shown() }
}

const sidecar = 'photos/a.jpg.hero.json'

test('the first save of a sidecar, its edit, its deletion, and an edit of the photo', async () => {
  const first = await expectChange(() => project.write(sidecar, '{ "focus": { "x": 0.05, "y": 0.05 } }'))
  await expectChange(() => project.write(sidecar, '{ "focus": { "x": 0.5, "y": 0.95 } }'))
  const gone = await expectChange(() => rm(project.at(sidecar)))
  // Without a sidecar the crop is the first one again.
  expect(gone.after.replace(/\?.*$/, '')).toBe(first.before.replace(/\?.*$/, ''))
  await expectChange(async () => project.write('photos/a.jpg', await drawPhoto(120)))
})
