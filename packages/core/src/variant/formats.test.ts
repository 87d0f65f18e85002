import { expect, test } from 'vitest'
import { analysisOf } from '../../test/fixtures/plan.ts'
import type { RasterFormat } from '../types.ts'
import { extensions, mimeTypes, planFormats } from './formats.ts'

const plan = (wanted: readonly RasterFormat[], facts: Parameters<typeof analysisOf>[0]) =>
  planFormats(wanted, analysisOf(facts).facts)

test('a still, opaque photo gets what was asked for', () => {
  expect(plan(['webp', 'gif', 'jpeg'], {})).toEqual({ formats: ['webp', 'gif', 'jpeg'], notes: [] })
})

test.each<[readonly RasterFormat[], readonly RasterFormat[]]>([
  [
    ['avif', 'webp', 'jpeg'],
    ['webp', 'gif'],
  ],
  [['jpeg', 'png'], ['gif']],
  [['avif'], ['webp']],
  [['gif'], ['gif']],
  [
    ['gif', 'webp'],
    ['gif', 'webp'],
  ],
])('moving, %j becomes %j', (wanted, formats) => {
  const planned = plan(wanted, { frames: 3 })
  expect(planned.formats).toEqual(formats)
  expect(planned.notes).toHaveLength(wanted.every((format) => format === 'gif' || format === 'webp') ? 0 : 1)
})

test.each<[readonly RasterFormat[], readonly RasterFormat[]]>([
  [
    ['avif', 'webp', 'jpeg'],
    ['avif', 'webp', 'png'],
  ],
  [['png', 'jpeg'], ['png']],
  [['jpeg'], ['png']],
  [['webp'], ['webp']],
])('transparent, %j becomes %j', (wanted, formats) => {
  expect(plan(wanted, { alpha: true }).formats).toEqual(formats)
})

test('every format has a type and an ending', () => {
  expect(Object.keys(mimeTypes)).toEqual(Object.keys(extensions))
  expect(mimeTypes.jpeg).toBe('image/jpeg')
  expect(extensions.jpeg).toBe('.jpg')
})
