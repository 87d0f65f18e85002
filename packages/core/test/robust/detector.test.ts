/** A detector of the user's own: good, throwing, or talking nonsense. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { heroErrorOf } from '../fixtures/hero-error.ts'
import { orientedJpeg } from '../fixtures/photos.ts'
import { expectRendered, openEngine, place } from './fixtures/inputs.ts'

describe('a detector of the user', () => {
  const withDetector = async (code: string | undefined): Promise<{ root: string; file: string }> => {
    const placed = place(await orientedJpeg(1))
    if (code !== undefined) writeFileSync(join(placed.root, 'find.mjs'), code)
    return placed
  }
  const detector = './find.mjs'

  test('says where the subject is', async () => {
    const { root, file } = await withDetector(
      `export default async ({ width, height, data }) => {
        if (data.length !== width * height * 3) throw new Error('no RGB')
        return [{ label: 'lamp', score: 1, box: { x: 0.9, y: 0.4, width: 0.2, height: 0.2 } }]
      }`,
    )
    const { crops } = await expectRendered(openEngine(root, { detector }), file)
    expect(crops[0]).toMatchObject({ by: 'lamp', kept: 1, rect: { left: 80, width: 160 } })
    writeFileSync(
      join(root, 'find.mjs'),
      `export default async () => [{ label: 'other', score: 1, box: { x: 0, y: 0, width: 0.1, height: 0.1 } }]`,
    )
    const later = await expectRendered(openEngine(root, { detector }), file)
    expect(later.crops[0]?.by).toBe('other')
  })

  test.each([
    ['throws', `export default () => { throw new Error('out of ideas') }`, /out of ideas/],
    ['has no default export', 'export const find = 1', /default export/],
    ['is no module', 'export default {', /cannot be loaded/],
    ['gives nonsense', `export default async () => [{ label: 'x', score: 1, box: 'here' }]`, /no boxes/],
    [
      'counts in pixels',
      `export default async () => [{ label: 'x', score: 1, box: { x: 40, y: 0, width: 20, height: 20 } }]`,
      /share of the photo/,
    ],
    ['is missing', undefined, /cannot be read/],
  ])('that %s is named', async (_what, code, reason) => {
    const { root, file } = await withDetector(code)
    const error = await heroErrorOf(openEngine(root, { detector }).plan(file, '?hero'))
    expect(error.code).toBe('HERO_DETECTOR_FAILED')
    expect(error.message).toContain('find.mjs')
    expect(error.reason).toMatch(reason)
  })

  test('that is a package of the project is found from there, and known by its version', async () => {
    const { root, file } = await withDetector(undefined)
    const folder = join(root, 'node_modules/my-find')
    mkdirSync(folder, { recursive: true })
    const release = (version: string): void => {
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'my-find', version, exports: './find.mjs' }))
    }
    writeFileSync(
      join(folder, 'find.mjs'),
      `export default () => [{ label: 'lamp', score: 1, box: { x: 0, y: 0, width: 1, height: 1 } }]`,
    )
    release('1.0.0')
    const plan = await openEngine(root, { detector: 'my-find' }).plan(file, '?hero')
    expect(plan.crops[0]?.by).toBe('lamp')
    expect(plan.detector).toMatch(/^my-find 1\.0\.0 /)
    release('1.1.0')
    const later = await openEngine(root, { detector: 'my-find' }).plan(file, '?hero')
    expect(later.detector).toMatch(/^my-find 1\.1\.0 /)
  })

  test('that is no package, but nearly one of our words, is asked back about', async () => {
    const { root, file } = await withDetector(undefined)
    const error = await heroErrorOf(openEngine(root, { detector: 'object' }).plan(file, '?hero'))
    expect(error.code).toBe('HERO_DETECTOR_FAILED')
    expect(error.hint).toBe("Did you mean 'objects'?")
  })

  test('that was missing is found as soon as it is there', async () => {
    const { root, file } = await withDetector(undefined)
    const engine = openEngine(root, { detector })
    expect((await heroErrorOf(engine.plan(file, '?hero'))).code).toBe('HERO_DETECTOR_FAILED')
    writeFileSync(
      join(root, 'find.mjs'),
      `export default () => [{ label: 'late', score: 1, box: { x: 0, y: 0, width: 1, height: 1 } }]`,
    )
    expect((await engine.plan(file, '?hero')).crops[0]?.by).toBe('late')
    await engine.close()
  })
})
