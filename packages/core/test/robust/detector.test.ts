/** A detector of the user's own: good, throwing, or talking nonsense. */
import { writeFileSync } from 'node:fs'
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
  const locate = './find.mjs'

  test('says where the subject is', async () => {
    const { root, file } = await withDetector(
      `export default async ({ width, height, data }) => {
        if (data.length !== width * height * 3) throw new Error('no RGB')
        return { by: 'mine', boxes: [{ kind: 'point', box: { x: 0.9, y: 0.4, width: 0.1, height: 0.2 }, weight: 1 }] }
      }`,
    )
    const { crops } = await expectRendered(openEngine(root, { locate }), file)
    expect(crops[0]).toMatchObject({ by: 'mine', kept: 1, rect: { left: 80, width: 160 } })
    writeFileSync(join(root, 'find.mjs'), `export default async () => ({ by: 'other', boxes: [] })`)
    const later = await expectRendered(openEngine(root, { locate }), file)
    expect(later.crops[0]?.by).toBe('other')
  })

  test.each([
    ['throws', `export default () => { throw new Error('out of ideas') }`, /out of ideas/],
    ['has no default export', 'export const find = 1', /default export/],
    ['is no module', 'export default {', /cannot be loaded/],
    ['gives nonsense', `export default async () => ({ by: 'x', boxes: [{ box: 'here' }] })`, /no Subject/],
    [
      'gives a box outside',
      `export default async () => ({ by: 'x', boxes: [{ kind: 'a', weight: 1, box: { x: 2, y: 0, width: 1, height: 1 } }] })`,
      /no Subject/,
    ],
    ['is missing', undefined, /cannot be read/],
  ])('that %s is named', async (_what, code, reason) => {
    const { root, file } = await withDetector(code)
    const error = await heroErrorOf(openEngine(root, { locate }).plan(file, '?hero'))
    expect(error.code).toBe('HERO_DETECTOR_FAILED')
    expect(error.message).toContain('find.mjs')
    expect(error.reason).toMatch(reason)
  })

  test('that was missing is found as soon as it is there', async () => {
    const { root, file } = await withDetector(undefined)
    const engine = openEngine(root, { locate })
    expect((await heroErrorOf(engine.plan(file, '?hero'))).code).toBe('HERO_DETECTOR_FAILED')
    writeFileSync(join(root, 'find.mjs'), `export default async () => ({ by: 'late', boxes: [] })`)
    expect((await engine.plan(file, '?hero')).crops[0]?.by).toBe('late')
    await engine.close()
  })
})
