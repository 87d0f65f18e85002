import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { cropColours } from '../src/inspect/overlay.ts'
import { makeProject, run } from './fixtures/command.ts'
import { colourAt, makePhoto } from './fixtures/photo.ts'

const photo = await makePhoto()

test('tells facts, crops and plan for people', async () => {
  const { code, out, err } = await run(makeProject({ 'a.jpg': photo }), ['inspect', 'a.jpg'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  for (const word of [
    '160 × 120 px',
    'jpeg, 8 bit, still',
    'sRGB',
    'wide',
    'standard',
    'tall',
    'avif',
    'none, defaults',
  ]) {
    expect(out).toContain(word)
  }
})

test('tells the same as JSON, with overrides', async () => {
  const root = makeProject({ 'a.jpg': photo })
  const { code, out } = await run(root, ['inspect', 'a.jpg', '--focus', '0,.5', '--crops', 'tall', '--json'])
  expect(code).toBe(0)
  const result = JSON.parse(out)
  // As docs/overrides.md promises it.
  expect(Object.keys(result)).toEqual(['file', 'preset', 'facts', 'subject', 'crops', 'plan', 'files', 'notes'])
  expect(result).toMatchObject({
    file: join(root, 'a.jpg'),
    preset: 'hero',
    facts: { width: 160, height: 120, format: 'jpeg', frames: 1, alpha: false, gainMap: false, depth: 8 },
    subject: { by: expect.any(String) },
    crops: [
      {
        name: 'tall',
        by: 'focus',
        rect: { left: 0, top: 0, width: 96, height: 120 },
        confidence: 1,
        reason: expect.any(String),
        warnings: expect.any(Array),
        pin: '4:5 focus=0,0.5',
      },
    ],
    files: { total: 3, cached: 0 },
  })
  expect(result.plan.variants).toHaveLength(3)
})

test('tells why crops lie where they lie, and where a headline goes', async () => {
  const sidecar = JSON.stringify({ focus: { x: 0.5, y: 0.5, width: 1, height: 0.2 }, photo: 'ab'.repeat(32) })
  const root = makeProject({ 'a.jpg': photo, 'a.jpg.hero.json': sidecar })
  const { code, out } = await run(root, ['inspect', 'a.jpg', '--text', 'tall:top'])
  expect(code).toBe(0)
  expect(out).toMatch(/^ {2}tall .*text top, \d+ % bright .*! decided for an earlier photo$/m)
  expect(out).toMatch(/^ {2}tall .*! subject does not fit/m)
  expect(out).toContain('note')
})

test('tells what is wrong with a photo', async () => {
  const { code, err } = await run(makeProject({ 'a.jpg': 'text' }), ['inspect', 'a.jpg'])
  expect(code).toBe(1)
  expect(err).toContain('HERO_NOT_AN_IMAGE a.jpg')
})

describe('--preview', () => {
  // What is found in a synthetic picture is nobody's promise: without detectors no box lies over the pixels that are looked at.
  const config = `export default { detector: 'none', presets: { p: { crops: {
    square: { ratio: '1:1', media: '(min-width: 640px)' }, whole: { ratio: '4:3' } } } } }`

  test('draws each crop where it lies, in its own colour', async () => {
    const root = makeProject({ 'a.jpg': photo, 'hero.config.ts': config })
    const args = ['inspect', 'a.jpg', '--preset', 'p', '--focus', '1,.5', '--preview', 'out.png']
    const { code, out } = await run(root, args)
    expect(code).toBe(0)
    expect(out).toContain('120×120 at 40,0')
    const preview = join(root, 'out.png')
    expect(await sharp(preview).metadata()).toMatchObject({ width: 160, height: 120, format: 'png' })
    const expected = cropColours.map((hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)))
    // The square reaches from 40 to the right edge; the whole photo has its left edge for itself.
    expect(await colourAt(preview, 41, 100)).toEqual(expected[0])
    expect(await colourAt(preview, 0, 100)).toEqual(expected[1])
    const [red = 0, , blue = 0] = await colourAt(preview, 20, 100)
    expect(blue - red).toBeGreaterThan(40)
  })

  test('is turned upright and at most 1600 px', async () => {
    const wide = await sharp({ create: { width: 200, height: 2000, channels: 3, background: '#fff' } })
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer()
    const root = makeProject({ 'a.jpg': wide })
    const { code } = await run(root, ['inspect', 'a.jpg', '--preview', 'out.jpg'])
    expect(code).toBe(0)
    expect(await sharp(join(root, 'out.jpg')).metadata()).toMatchObject({ width: 1600, height: 160, format: 'jpeg' })
  })

  test('replaces an earlier preview and nothing else', async () => {
    const root = makeProject({ 'a.jpg': photo })
    for (let time = 0; time < 2; time += 1) {
      expect((await run(root, ['inspect', 'a.jpg', '--preview', 'out.jpg'])).code).toBe(0)
    }
    writeFileSync(join(root, 'mine.jpg'), 'mine')
    for (const name of ['mine.jpg', 'a.jpg']) {
      const { code, err } = await run(root, ['inspect', 'a.jpg', '--preview', name])
      expect(code).toBe(1)
      expect(err).toContain(`HERO_OUTPUT_DIFFERS ${name}`)
    }
    expect(readFileSync(join(root, 'a.jpg')).equals(photo)).toBe(true)
  })
})
