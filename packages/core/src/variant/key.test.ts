import { describe, expect, test } from 'vitest'
import { planOf } from '../../test/fixtures/plan.ts'
import type { Plan } from '../types.ts'
import { toStem, type VariantInputs, variantKey, variantName } from './key.ts'

const inputs: VariantInputs = {
  source: 'ab'.repeat(32),
  format: 'avif',
  rect: { left: 10, top: 20, width: 300, height: 200 },
  width: 150,
  height: 100,
  encoder: { quality: 50, effort: 3 },
  colour: 'srgb',
  frames: 1,
  alpha: false,
  depth: 8,
  gainMap: false,
  metadata: 'none',
  allowTruncated: false,
}
const key = variantKey(inputs, 'render 1')

describe('the key changes with', () => {
  test.each<[string, Partial<VariantInputs>]>([
    ['the photo', { source: 'cd'.repeat(32) }],
    ['the format', { format: 'webp' }],
    ['the place of the crop', { rect: { ...inputs.rect, left: 11 } }],
    ['the size of the crop', { rect: { ...inputs.rect, height: 201 } }],
    ['the width', { width: 151 }],
    ['the height', { height: 101 }],
    ['quality', { encoder: { quality: 51, effort: 3 } }],
    ['effort', { encoder: { quality: 50, effort: 4 } }],
    ['colours', { colour: 'keep-profile' }],
    ['frames', { frames: 2 }],
    ['alpha', { alpha: true }],
    ['depth', { depth: 16 }],
    ['the gain map', { gainMap: true }],
    ['metadata', { metadata: 'copyright' }],
    ['allowTruncated', { allowTruncated: true }],
  ])('%s', (_what, changed) => {
    expect(variantKey({ ...inputs, ...changed }, 'render 1')).not.toBe(key)
  })

  test('the tools', () => {
    expect(variantKey(inputs, 'render 2')).not.toBe(key)
  })
})

describe('the key does not change with', () => {
  test('the order in which properties were written', () => {
    const reversed: VariantInputs = {
      ...inputs,
      rect: { height: 200, width: 300, top: 20, left: 10 },
      encoder: { effort: 3, quality: 50 },
    }
    expect(variantKey(reversed, 'render 1')).toBe(key)
  })

  const keys = ({ variants }: Plan): string[] => variants.map((variant) => variant.key)

  test('name and place of the photo, the preset, its media, sizes and the cache folder', () => {
    const crops = { other: { ratio: 2, media: '(min-width: 9px)', sizes: '10vw' }, more: { ratio: '2:1' } }
    const widths = [100, 200]
    const one = planOf({ options: { presets: { a: { crops, widths } } }, query: '?hero=a' })
    const two = planOf({
      options: { presets: { b: { crops: { only: { ratio: 2 } }, widths } }, cache: { dir: 'x' }, concurrency: 7 },
      query: '?hero=b',
      file: '/elsewhere/photo.jpg',
    })
    expect(keys(two)).toEqual(keys(one))
  })
})

test('the name tells size and content', () => {
  expect(variantName('/a/Hero Photo.JPG', inputs, key)).toBe(`Hero-Photo-150x100.${key.slice(0, 12)}.avif`)
  expect(key).toMatch(/^[0-9a-f]{64}$/)
})

test.each([
  ['/a/two words.jpg', 'two-words'],
  ['/a/caf\u00e9.jpg', 'cafe'],
  ['/a/cafe\u0301.jpg', 'cafe'],
  ['/a/a#b?c%d&e.jpg', 'a-b-c-d-e'],
  ['/a/-rf.jpg', 'rf'],
  ['/a/under_score.v2.jpg', 'under_score-v2'],
  ['/a/\u5bcc\u58eb\u5c71.jpg', 'image'],
  ['/a/.jpg', 'jpg'],
  ['/a/\'"<script>.jpg', 'script'],
  [`/a/${'x'.repeat(300)}.jpg`, 'x'.repeat(48)],
])('%s is called %s', (file, stem) => {
  expect(toStem(file)).toBe(stem)
})
