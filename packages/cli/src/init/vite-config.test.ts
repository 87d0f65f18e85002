import { expect, test } from 'vitest'
import { addPlugin, usesPlugin } from './vite-config.ts'

const line = "import { heroImage } from '@hero-image/vite'\n"

test.each([
  {
    before: "import { defineConfig } from 'vite'\nexport default defineConfig({ plugins: [] })\n",
    after: `${line}import { defineConfig } from 'vite'\nexport default defineConfig({ plugins: [heroImage()] })\n`,
  },
  { before: 'export default { plugins: [a(), b] }', after: `${line}export default { plugins: [heroImage(), a(), b] }` },
  {
    before: "/// <reference types='x' />\nexport default {\n\tbase: '/',\n\tplugins: [\n\t\ta(),\n\t],\n}",
    after: `/// <reference types='x' />\n${line}export default {\n\tbase: '/',\n\tplugins: [\n\t\theroImage(),\n\t\ta(),\n\t],\n}`,
  },
  {
    before: 'export default { css: { plugins: [x] }, plugins: [y] } satisfies UserConfig',
    after: `${line}export default { css: { plugins: [x] }, plugins: [heroImage(), y] } satisfies UserConfig`,
  },
  {
    before: 'import a from "a";\r\nexport default { plugins: [\r\n  a(),\r\n] };\r\n',
    after:
      'import { heroImage } from "@hero-image/vite";\r\nimport a from "a";\r\nexport default { plugins: [\r\n  heroImage(),\r\n  a(),\r\n] };\r\n',
  },
])('adds the plugin to $before', ({ before, after }) => {
  expect(addPlugin(before)).toBe(after)
})

test.each([
  'export default () => ({ plugins: [] })',
  'const config = { plugins: [] }\nexport default config',
  'export default defineConfig({ build: { rollupOptions: { plugins: [] } } })',
  'export default { plugins: [a].filter(Boolean) }',
  'export default { plugins }',
  'export default { test: /[\'"]/, plugins: [] }',
  'export default { /* plugins: [] */ }',
  "export default { text: 'plugins: []' }",
  'export default { plugins: [) }',
  'module.exports = { plugins: [] }',
  'const heroImage = 1\nexport default { plugins: [] }',
])('leaves %s alone', (text) => {
  expect(addPlugin(text)).toBeUndefined()
})

test('knows a config that has it, and one that only mentions it', () => {
  expect(usesPlugin(`${line}export default { plugins: [heroImage()] }`)).toBe(true)
  expect(usesPlugin('// @hero-image/vite\nexport default { plugins: [] }')).toBe(false)
})
