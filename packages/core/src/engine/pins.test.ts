import { describe, expect, test } from 'vitest'
import { analysisOf, photoHash, planOf } from '../../test/fixtures/plan.ts'
import { resolveOptions } from '../options/resolve.ts'
import { parseQuery } from '../request/query.ts'
import { resolveRequest } from '../request/resolve.ts'
import { formatLock, type LockedPhoto, parseLock } from '../source/lock.ts'
import type { Plan } from '../types.ts'
import { planVariants } from '../variant/plan.ts'
import { checkDetector, findPinned, toLockedPhoto } from './pins.ts'

describe('what the lock would say of a photo', () => {
  test('holds each computed crop once, whoever asks for it', () => {
    const locked = toLockedPhoto([planOf(), planOf({ query: '?hero=social' }), planOf({ query: '?ratio=1:1&hero' })])
    expect(locked).toMatchObject({
      photo: photoHash,
      detector: 'none',
      engine: expect.stringMatching(/^\d+\.\d+\.\d+/),
    })
    expect(Object.keys(locked?.crops ?? {})).toEqual(['2:1', '3:2', '4:5', '40:21', '1:1'])
  })

  test('leaves out what a person has given exactly, and is nothing when that is all', () => {
    const rect = { x: 0, y: 0, width: 1, height: 0.5 }
    const crops = { wide: rect, '3:2': rect }
    expect(Object.keys(toLockedPhoto([planOf({ sidecar: { crops } })])?.crops ?? {})).toEqual(['4:5'])
    expect(toLockedPhoto([planOf({ sidecar: { crops: { ...crops, tall: rect } } })])).toBeUndefined()
    expect(toLockedPhoto([])).toBeUndefined()
  })

  test('remembers which side was chosen for a headline', () => {
    const locked = toLockedPhoto([planOf({ query: '?text=auto&crops=wide&hero' })])
    expect(locked?.crops['2:1 text=auto width=3840']?.text).toMatch(/^(?:left|right|top|bottom)$/)
  })
})

test.each([
  { width: 6000, height: 4000 },
  { width: 337, height: 1005 },
  { width: 4001, height: 2999 },
  { width: 12_345, height: 777 },
])('a pinned crop of $width × $height px has the rectangle, the files and the headline of the computed one', (size) => {
  const wish = { facts: size, query: '?text=auto&hero' }
  const computed = planOf(wish)
  const text = formatLock({ version: 1, crops: { 'hero.jpg': toLockedPhoto([computed]) ?? expect.unreachable() } })
  const locked = findPinned(parseLock(text, 'hero.lock.json'), '/project', '/project/hero.jpg')
  const pinned = planOf({ ...wish, ...(locked && { locked }) })
  expect(pinned.crops.map(({ by }) => by)).toEqual(['lock', 'lock', 'lock'])
  expect(pinned.crops.map(({ rect, text: zone }) => [rect, zone?.side])).toEqual(
    computed.crops.map(({ rect, text: zone }) => [rect, zone?.side]),
  )
  expect(pinned.variants.map(({ name }) => name)).toEqual(computed.variants.map(({ name }) => name))
})

test('two uses of one ratio, one of them shown larger, keep their own rectangles', () => {
  const crops = { c: { ratio: '2:1', text: 'left' as const } }
  const presets = { large: { crops, sizes: '100vw' }, small: { crops, sizes: '300px' } }
  // Beside the headline only in a smaller rectangle, for which the large use has no pixels to spare.
  const face = { kind: 'face', weight: 3, score: 0.9, box: { x: 0.33, y: 0.4, width: 0.1, height: 0.2 } }
  const analysis = { ...analysisOf({ width: 2400, height: 1600 }), subject: { by: 'faces', boxes: [face] } }
  const plan = (preset: string, locked?: LockedPhoto): Plan => {
    const file = '/project/hero.jpg'
    const request = resolveRequest(resolveOptions({ presets }, '/project'), parseQuery(`?hero=${preset}`, file), file)
    return planVariants(request, { file, analysis, tools: 'render 1', ...(locked && { locked }) })
  }
  const computed = [plan('large'), plan('small')]
  const rects = computed.map((each) => each.crops[0]?.rect)
  expect(rects[0]?.width).toBe(2400)
  expect(rects[1]?.width).toBeLessThan(2400)
  const locked = toLockedPhoto(computed)
  expect([plan('large', locked), plan('small', locked)].map((each) => each.crops[0])).toMatchObject(
    rects.map((rect) => ({ by: 'lock', rect })),
  )
})

test('pins of another photo are told and do not hold', () => {
  const locked = toLockedPhoto([planOf()])
  const plan = planOf({ facts: { hash: 'cd'.repeat(32) }, ...(locked && { locked }) })
  expect(plan.crops.map(({ by }) => by)).not.toContain('lock')
  expect(plan.notes.join()).toMatch(/earlier version of this photo.*hero-image crops accept/)
})

describe('another detector than the one whose crops are pinned', () => {
  const locked = toLockedPhoto([planOf()])

  test('is refused, both named', () => {
    const here = { ...analysisOf(), detector: 'faces 1.2, finder 3' }
    expect(() => checkDetector(locked, here, '/project', '/project/hero.jpg')).toThrow(
      expect.objectContaining({ code: 'HERO_LOCK_DIFFERS', reason: expect.stringMatching(/'faces'.*'none'/) }),
    )
  })

  test('is refused where one of its networks is missing, as the one for objects may be', () => {
    const networks = 'face_detection 0.4.1, selfie_segmentation 0.1.2'
    const pinned = locked && { ...locked, detector: `${networks}, objectron 0.4.3, finder 4` }
    const here = { ...analysisOf(), detector: `${networks}, finder 4` }
    expect(() => checkDetector(pinned, here, '/project', '/project/hero.jpg')).toThrow(
      expect.objectContaining({
        code: 'HERO_LOCK_DIFFERS',
        reason: expect.stringMatching(
          /'face_detection, selfie_segmentation';.*'face_detection, selfie_segmentation, objectron'/,
        ),
      }),
    )
  })

  test('is not an update of the same one', () => {
    const updated = { ...analysisOf(), detector: 'none, finder 3' }
    expect(() => checkDetector(locked, updated, '/project', '/project/hero.jpg')).not.toThrow()
  })

  test('does not matter where nothing is pinned for these bytes', () => {
    const other = { ...analysisOf({ hash: 'cd'.repeat(32) }), detector: 'faces' }
    expect(() => checkDetector(locked, other, '/project', '/project/hero.jpg')).not.toThrow()
    expect(() => checkDetector(undefined, other, '/project', '/project/hero.jpg')).not.toThrow()
  })
})
