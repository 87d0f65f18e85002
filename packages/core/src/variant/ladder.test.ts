import { describe, expect, test } from 'vitest'
import { chooseFallbackWidths, chooseWidths, clampWidths } from './ladder.ts'

const ladder = { maxWidth: 3840, maxDensity: 2, step: 1.4 }

describe('chooseWidths', () => {
  test('runs from the smallest slot at density 1 to the largest at the highest density', () => {
    const widths = chooseWidths({ slots: { min: 320, max: 640 }, available: 5000, ladder })
    expect(widths.at(0)).toBe(320)
    expect(widths.at(-1)).toBe(1280)
  })

  test('spaces them evenly, no step above the setting and none too small', () => {
    for (const [min, max, available] of [
      [320, 1920, 6000],
      [1024, 1920, 2500],
      [640, 1024, 3000],
      [320, 640, 370],
    ] as const) {
      const widths = chooseWidths({ slots: { min, max }, available, ladder })
      const ratios = widths.slice(1).map((width, index) => width / (widths[index] ?? width))
      expect(Math.max(...ratios)).toBeLessThan(1.41)
      expect(Math.min(...ratios)).toBeGreaterThan(1.11)
    }
  })

  test.each([
    ['a source smaller than every width', { min: 320, max: 640 }, 200, [200]],
    ['a source hardly wider than the smallest slot', { min: 320, max: 640 }, 345, [345]],
    ['a single pixel', { min: 320, max: 1920 }, 1, [1]],
    ['no slot at all', { min: 1, max: 1 }, 1, [1]],
  ])('%s', (_, slots, available, expected) => {
    expect(chooseWidths({ slots, available, ladder })).toEqual(expected)
  })

  test('never goes beyond maxWidth', () => {
    expect(chooseWidths({ slots: { min: 320, max: 2560 }, available: 9000, ladder }).at(-1)).toBe(3840)
  })
})

test('widths by hand are sorted, listed once and never above the source', () => {
  expect(clampWidths([2000, 400, 400, 1200.4], 1000)).toEqual([400, 1000])
  expect(clampWidths([640, 320], 5000)).toEqual([320, 640])
})

describe('chooseFallbackWidths', () => {
  test.each([
    [
      [320, 437, 596, 813, 1109, 1512, 2063, 2815, 3840],
      [813, 1512],
    ],
    [[1024, 1425, 1983], [1425]],
    [[2400, 3000], [2400]],
    [[200], [200]],
    [[], []],
  ])('%j gives %j', (widths, expected) => {
    expect(chooseFallbackWidths(widths)).toEqual(expected)
  })
})
