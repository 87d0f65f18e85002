/** The example in docs/detector.md does what the page says. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { orientedJpeg } from '../fixtures/photos.ts'
import { openEngine, place } from './fixtures/inputs.ts'

test('the red thing becomes the subject', async () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/detector.md'), 'utf8')
  const [, code = ''] = /```js\n(\/\/ find\.js[\s\S]*?)```/.exec(page) ?? []
  const { root, file } = place(await orientedJpeg(1))
  writeFileSync(join(root, 'find.mjs'), code)
  const engine = openEngine(root, { detector: './find.mjs' })
  const { crops, detector } = await engine.plan(file, '?hero')
  await engine.close()
  expect(detector).toMatch(/^find\.mjs [0-9a-f]{16}, face_detection /)
  for (const { by, kept, parts } of crops) {
    expect([by, kept]).toEqual(['product', 1])
    expect(parts).toHaveLength(1)
  }
})
