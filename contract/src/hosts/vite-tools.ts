/** Tools that run on Vite and are given our plugin. */
import type { Host, Tool } from '../host.ts'
import { toCode } from '../text.ts'

/** A component test: the picture stands in a page of jsdom. */
const vitest: Tool = {
  files: (options) => ({
    'vitest.config.js': `import { heroImage } from '@hero-image/vite'

export default { plugins: [heroImage(${toCode(options)})], test: { environment: 'jsdom' } }
`,
    'src/picture.test.js': `import { writeFileSync } from 'node:fs'
import { toPictureHtml } from '@hero-image/core/markup'
import { expect, test } from 'vitest'
import { show } from './shown.js'

test('a page shows the picture', async () => {
  const shown = await show()
  document.body.innerHTML = toPictureHtml(shown.import, { alt: 'a disc' })
  expect(document.querySelector('img').getAttribute('src')).toBe(shown.import.src)
  expect(document.querySelectorAll('source').length).toBeGreaterThan(1)
  writeFileSync('shown.json', JSON.stringify(shown))
})
`,
  }),
  command: ['vitest', 'run'],
  result: 'shown.json',
}

/** A story, built as for publishing. */
const storybook: Tool = {
  files: (options) => ({
    '.storybook/main.js': `import { heroImage } from '@hero-image/vite'
import { mergeConfig } from 'vite'

export default {
  framework: '@storybook/html-vite',
  stories: ['../src/*.stories.js'],
  core: { disableTelemetry: true },
  viteFinal: (config) => mergeConfig(config, { plugins: [heroImage(${toCode(options)})] }),
}
`,
    'src/picture.stories.js': `import { toPictureHtml } from '@hero-image/core/markup'
import imported from '../photos/import.jpg?hero'

export default { title: 'Picture' }
export const Picture = { render: () => toPictureHtml(imported, { alt: 'a disc' }) }
`,
  }),
  command: ['storybook', 'build', '--output-dir', 'storybook', '--quiet'],
  result: 'storybook',
}

export const viteTools: NonNullable<Host['tools']> = { vitest, storybook }
