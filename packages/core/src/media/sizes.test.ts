import { describe, expect, test } from 'vitest'
import { parseSizes, slotWidths } from './sizes.ts'

const viewports = { min: 320, max: 1920 }

describe('slotWidths', () => {
  test.each([
    ['100vw', 320, 1920],
    ['500px', 500, 500],
    ['20rem', 320, 320],
    ['1in', 96, 96],
    ['(min-width: 60rem) 50vw, 100vw', 320, 960],
    ['auto, (min-width: 60rem) 50vw, 100vw', 320, 960],
    ['AUTO', 320, 1920],
    ['calc(100vw - 2rem)', 288, 1888],
    ['min(100vw, 1200px)', 320, 1200],
    ['clamp(300px, 50vw, 40em)', 300, 640],
    ['(orientation: landscape) 200px, 300px', 200, 300],
    ['calc(10px - 50px)', 1, 1],
    ['min(100vw, 150vh)', 270, 1800],
  ])('%s over 320..1920 px is %d..%d px', (sizes, min, max) => {
    const slots = slotWidths(sizes, viewports)
    expect(slots.min).toBeCloseTo(min, 0)
    expect(slots.max).toBeCloseTo(max, 0)
  })

  test('looks just below a breakpoint too', () => {
    expect(slotWidths('(min-width: 1000px) 600px, 100vw', viewports).max).toBeCloseTo(1000, 0)
  })

  test('finds the kink of a curve that falls and rises', () => {
    const { min } = slotWidths('max(1000px - 50vw, 50vw)', viewports)
    expect(min).toBeGreaterThanOrEqual(500)
    expect(min).toBeLessThan(516)
  })
})

describe('parseSizes', () => {
  test.each([
    ['', 'empty'],
    ['50%', 'percentage'],
    ['calc(100vw - 50%)', 'percentage'],
    ['50', 'lacks a unit'],
    ['-3px', 'negative'],
    ['3foo', 'unit'],
    ['calc(5)', 'no length'],
    ['url(x)', 'no length'],
    ['(min-width: 60rem) 50vw', 'final length'],
    ['100vw, 50vw', 'never used'],
    ['screen and (color) 50vw, 100vw', 'media type'],
    ['(min-wdth: 60rem) 50vw, 100vw', "did you mean 'min-width'"],
    ['min(1px', 'not closed'],
  ])('rejects %s', (sizes, reason) => {
    expect(() => parseSizes(sizes)).toThrow(/HERO_INVALID_SIZES/)
    expect(() => parseSizes(sizes)).toThrow(`sizes is '${sizes}'`)
    expect(() => parseSizes(sizes)).toThrow(reason)
  })
})
