/** Vue turns `<img src>` of a template into an import by itself: there an asset gives the URL of its fallback. */
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { build, type UserConfig } from 'vite'
import { expect, test } from 'vitest'
import { drawPhoto } from '../../../unplugin/test/fixtures/photos.ts'
import { createProject } from '../../../unplugin/test/fixtures/project.ts'
import { heroPlugin, projectConfig } from '../fixtures/build-project.ts'
import { chromiumArgs, chromiumPath } from './chromium.ts'
import { serve } from './serve.ts'

const example = resolve(import.meta.dirname, '../../../../examples/vite-vue')

test('<img src="./hero.jpg?hero"> in a template shows the fallback', async () => {
  const { default: own }: { default: UserConfig } = await import(join(example, 'vite.config.js'))
  // Inside the example, so that Vue is found.
  const project = await createProject(
    {
      'hero.jpg': await drawPhoto(),
      'App.vue': '<template><p><img src="./hero.jpg?hero" alt="A disc"></p></template>',
      'main.js': "import { createApp } from 'vue'; import App from './App.vue'; createApp(App).mount('#app')",
      'index.html':
        '<!doctype html><html lang="en"><div id="app"></div><script type="module" src="./main.js"></script>',
    },
    join(example, 'node_modules'),
  )
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs] })
  try {
    await build({ ...projectConfig(project), plugins: [own.plugins?.[0], heroPlugin(project)] })
    const { origin, close } = await serve(project.at('dist'))
    const page = await browser.newPage()
    await page.goto(origin)
    expect(await page.getByAltText('A disc').getAttribute('src')).toMatch(/^\/assets\/hero-40x50\.[0-9a-f]{12}\.jpg$/)
    await close()
  } finally {
    await browser.close()
    await project.remove('')
  }
})
