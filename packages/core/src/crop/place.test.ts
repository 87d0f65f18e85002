import { describe, expect, test } from 'vitest'
import { createRandom } from '../../test/robust/fixtures/random.ts'
import type { RelativeRect, Size, Subject } from '../types.ts'
import type { Overrides } from './overrides.ts'
import { placeCrop } from './place.ts'

const photo = { width: 6000, height: 4000 }
const nothing: Subject = { by: 'centre', boxes: [] }
const at = (x: number, y: number, width = 0, height = 0, weight = 1) => ({
  kind: 'face',
  weight,
  box: { x, y, width, height },
})
const faces = (...boxes: Subject['boxes']): Subject => ({ by: 'faces', boxes })

const fit = (ratio: number, subject: Subject = nothing, overrides: Omit<Overrides, 'by'> = {}, size: Size = photo) =>
  placeCrop({ photo: size, crop: { ratio }, subject, overrides: { by: 'sidecar', ...overrides } })

describe('without a subject', () => {
  test.each([
    [2, { left: 0, top: 500, width: 6000, height: 3000 }],
    [1.5, { left: 0, top: 0, width: 6000, height: 4000 }],
    [0.8, { left: 1400, top: 0, width: 3200, height: 4000 }],
    [0, { left: 0, top: 0, width: 6000, height: 4000 }],
    [20, { left: 0, top: 1850, width: 6000, height: 300 }],
  ])('ratio %d is the largest rectangle in the middle', (ratio, rect) => {
    expect(fit(ratio)).toMatchObject({ rect, by: 'centre', kept: 1 })
  })
})

describe('around a subject', () => {
  test('it is whole, with hair and air', () => {
    const { rect, by, kept } = fit(0.8, faces(at(0.6, 0.1, 0.2, 0.2)))
    expect({ by, kept }).toEqual({ by: 'faces', kept: 1 })
    expect(rect).toMatchObject({ top: 0, width: 3200, height: 4000 })
    expect(rect.left + rect.width).toBeGreaterThan(6000 * 0.8 + 200)
  })

  test('at an edge the crop stays inside', () => {
    expect(fit(0.8, faces(at(0.95, 0, 0.05, 0.1))).rect.left).toBe(2800)
    expect(fit(2, faces(at(0, 0.95, 0.1, 0.05))).rect.top).toBe(1000)
  })

  test.each([
    [0.4, 0.2],
    [0.2, 0.4],
  ])('of two faces that do not fit together the larger is kept whole, never the gap: %d, %d', (first, second) => {
    const [left, right] = [
      at(0.05, 0.3, first / 2, first, first),
      at(0.95 - second / 2, 0.3, second / 2, second, second),
    ]
    const { parts, warnings } = fit(0.6, faces(left, right))
    expect(parts.map(({ share }) => share)).toEqual(first > second ? [1, 0] : [0, 1])
    expect(warnings).toEqual(['face-dropped', 'needs-extension'])
  })

  test('what is cut off is said, by weight', () => {
    expect(fit(1, faces(at(0, 0, 1, 1))).kept).toBeCloseTo(4 / 6, 3)
    expect(fit(0.4, faces(at(0.5, 0.5, 0.1, 0.1, 3), at(0.99, 0, 0.01, 0.1, 1))).kept).toBe(0.75)
  })
})

describe('what a person says', () => {
  const subject = faces(at(0.9, 0.9, 0.1, 0.1))
  const focus = { x: 0.25, y: 0.5 }

  test('the focus wins over the subject', () => {
    expect(fit(0.8, subject, { focus })).toMatchObject({ by: 'focus', rect: { left: 0 } })
  })

  test.each([0, 1])('a focus at the edge %d gives a crop at that edge', (x) => {
    expect(fit(0.8, subject, { focus: { x, y: x } }).rect).toEqual({
      left: x * 2800,
      top: 0,
      width: 3200,
      height: 4000,
    })
  })

  test('its own rectangle is taken as it is', () => {
    const rect = { x: 0.1, y: 0.2, width: 0.6, height: 0.45 }
    expect(fit(2, subject, { rect, focus })).toMatchObject({
      by: 'sidecar',
      rect: { left: 600, top: 800, width: 3600, height: 1800 },
    })
  })

  test('a rectangle of another ratio is trimmed around its centre', () => {
    const rect = { x: 0.1, y: 0.1, width: 0.6, height: 0.6 }
    expect(fit(1, subject, { rect }).rect).toEqual({ left: 1200, top: 400, width: 2400, height: 2400 })
    expect(fit(0, subject, { rect }).rect).toEqual({ left: 600, top: 400, width: 3600, height: 2400 })
  })
})

test('always whole pixels inside the photo, in the ratio asked for', () => {
  const random = createRandom(7)
  const share = (): number => [0, 1, random(), random(), random()][Math.floor(random() * 5)] ?? 0
  const box = (): RelativeRect => {
    const [x, y] = [share() * 0.999, share() * 0.999]
    return { x, y, width: (1 - x) * Math.max(share(), 1e-6), height: (1 - y) * Math.max(share(), 1e-6) }
  }
  for (let round = 0; round < 3000; round += 1) {
    const size = { width: 1 + Math.floor(random() ** 3 * 9000), height: 1 + Math.floor(random() ** 3 * 9000) }
    const ratio = random() < 0.1 ? 0 : 0.05 * 400 ** random()
    const subject = faces(
      ...Array.from({ length: Math.floor(random() * 4) }, () => ({ kind: 'x', weight: 0.01 + random(), box: box() })),
    )
    const overrides = {
      ...(random() < 0.3 ? { focus: { x: share(), y: share() } } : {}),
      ...(random() < 0.4 ? { rect: box() } : {}),
    }
    const { rect, kept, by } = fit(ratio, subject, overrides, size)
    const what = JSON.stringify({ size, ratio, subject, overrides, rect })
    expect(Object.values(rect).every(Number.isInteger), what).toBe(true)
    expect(Math.min(rect.left, rect.top), what).toBeGreaterThanOrEqual(0)
    expect(Math.min(rect.width, rect.height), what).toBeGreaterThanOrEqual(1)
    expect(rect.left + rect.width, what).toBeLessThanOrEqual(size.width)
    expect(rect.top + rect.height, what).toBeLessThanOrEqual(size.height)
    expect(kept >= 0 && kept <= 1, what).toBe(true)
    // As near to the ratio as whole pixels come: one more or less of either side would be no better.
    if (ratio !== 0 && rect.width > 1 && rect.height > 1)
      expect(
        Math.min(Math.abs(rect.width - rect.height * ratio), Math.abs(rect.width / ratio - rect.height)),
        what,
      ).toBeLessThanOrEqual(0.5 + 1e-6)
    if (by !== 'sidecar' && rect.width > 1 && rect.height > 1)
      expect(rect.width === size.width || rect.height === size.height, what).toBe(true)
  }
})
