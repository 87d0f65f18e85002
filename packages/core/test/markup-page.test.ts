/** What a page carries that writes pictures. */
import { resolve } from 'node:path'
import { build } from 'vite'
import { expect, test } from 'vitest'

const entry = `import { toPictureHtml } from ${JSON.stringify(resolve(import.meta.dirname, '../src/markup/index.ts'))}
document.body.innerHTML = toPictureHtml(window.hero)`

test('toPictureHtml() brings no table of errors and no parser', async () => {
  const virtual = {
    name: 'virtual-entry',
    resolveId: (id: string) => (id === 'virtual:entry' ? '\0entry.js' : undefined),
    load: (id: string) => (id === '\0entry.js' ? { code: entry, moduleSideEffects: true } : undefined),
  }
  const built = await build({
    configFile: false,
    envDir: false,
    logLevel: 'error',
    plugins: [virtual],
    build: { write: false, minify: true, rolldownOptions: { input: 'virtual:entry' } },
  })
  if (!('output' in built)) throw new Error('one build expected')
  const [{ code }] = built.output
  expect(code).toContain('<picture>')
  expect(code).not.toContain('HERO_SOURCE_MISSING')
  expect(code.length).toBeLessThan(3500)
})
