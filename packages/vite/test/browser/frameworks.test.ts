/** The React, Vue, Svelte and Solid examples in Chromium, built with their own config, and as pages that a server has rendered. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { HeroOptions } from '@hero-image/core'
import { type Browser, chromium } from 'playwright-core'
import { build, type InlineConfig, mergeConfig, type UserConfig } from 'vite'
import { afterAll, beforeAll, describe, test, vi } from 'vitest'
import { createProject, type Project } from '../../../unplugin/test/fixtures/project.ts'
import { chromiumArgs, chromiumPath } from './chromium.ts'
import { expectPictures } from './framework-page.ts'
import { type Served, serve } from './serve.ts'

const examples = resolve(import.meta.dirname, '../../../../examples')

// The cache is shared: all examples have the same photos.
const folder = await mkdtemp(join(tmpdir(), 'hero-frameworks-'))

// The options of each example; encoders in a hurry, and no WebP, which Chromium would not ask for.
vi.mock('@hero-image/vite', async (original) => {
  const { heroImage, ...rest } = await original<typeof import('../../src/index.ts')>()
  const quick = { formats: ['avif', 'jpeg'], effort: 'fast', dts: false, report: 'silent' } as const
  return {
    ...rest,
    heroImage: (options: HeroOptions) => heroImage({ ...options, ...quick, cache: { dir: join(folder, 'cache') } }),
  }
})

/** The example's own config. */
async function configOf(file: string): Promise<InlineConfig> {
  const { default: own }: { default: UserConfig } = await import(join(examples, file))
  return { ...own, root: resolve(examples, file, '..'), configFile: false, logLevel: 'error' }
}

let browser: Browser

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs] })
})

afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

describe.each([
  'vite-react/vite.config.ts',
  'vite-vue/vite.config.js',
  'vite-svelte/vite.config.js',
  'vite-solid/vite.config.ts',
])('%s', (file) => {
  let served: Served

  beforeAll(async () => {
    const outDir = join(folder, file)
    await build(mergeConfig(await configOf(file), { build: { outDir } }))
    served = await serve(outDir)
  })
  afterAll(() => served?.close())

  test.each([390, 820, 1440])('%i px', (width) => expectPictures(browser, served.origin, width))
})

/** What runs on a server, and what takes over in the browser. */
const rendered = {
  'vite-react/vite.config.ts': {
    server: `
      import { createElement } from 'react'
      import { renderToString } from 'react-dom/server'
      import { App } from '../../src/App.tsx'
      export default renderToString(createElement(App))`,
    browser: `
      import { createElement } from 'react'
      import { hydrateRoot } from 'react-dom/client'
      import { App } from '../../src/App.tsx'
      hydrateRoot(document.querySelector('#app'), createElement(App), { onRecoverableError: console.error })`,
  },
  'vite-vue/vite.config.js': {
    server: `
      import { createSSRApp } from 'vue'
      import { renderToString } from 'vue/server-renderer'
      import App from '../../src/App.vue'
      export default await renderToString(createSSRApp(App))`,
    browser: `
      import { createSSRApp } from 'vue'
      import App from '../../src/App.vue'
      createSSRApp(App).mount('#app')`,
  },
  'vite-svelte/vite.config.js': {
    server: `
      import { render } from 'svelte/server'
      import App from '../../src/App.svelte'
      export default render(App).body`,
    browser: `
      import { hydrate } from 'svelte'
      import App from '../../src/App.svelte'
      hydrate(App, { target: document.querySelector('#app') })`,
  },
}

describe.each(Object.entries(rendered))('%s, rendered on a server', (file, entries) => {
  let project: Project
  let served: Served

  beforeAll(async () => {
    const config = await configOf(file)
    const page = await readFile(join(examples, file, '../index.html'), 'utf8')
    // Inside the example, so that its packages are found.
    project = await createProject(
      {
        'server.js': entries.server,
        'browser.js': entries.browser,
        'index.html': page.replace(/\.\/src\/main\.\w+/, './browser.js').replace('./photos/', '../../photos/'),
      },
      join(examples, file, '../node_modules'),
    )
    const outDir = project.at('dist')
    await build(mergeConfig(config, { root: project.root, build: { outDir: project.at('server'), ssr: 'server.js' } }))
    await build(mergeConfig(config, { root: project.root, build: { outDir } }))
    const { default: markup }: { default: string } = await import(project.at('server/server.js'))
    const empty = await readFile(join(outDir, 'index.html'), 'utf8')
    const html = empty.replace('<div id="app">', () => `<div id="app">${markup}`)
    await writeFile(join(outDir, 'index.html'), html)
    await writeFile(join(outDir, 'still.html'), html.replaceAll(/<script.*?<\/script>/g, ''))
    served = await serve(outDir)
  })
  afterAll(async () => {
    await served?.close()
    await project?.remove('')
  })

  test('shows its pictures before any script', () => expectPictures(browser, `${served.origin}still.html`, 390))

  test('is taken over as it is', () => expectPictures(browser, served.origin, 390))
})
