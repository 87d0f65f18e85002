import { describe, expect, test } from 'vitest'
import type { RgbRaster } from '../types.ts'
import { dominantColour, planPlaceholder } from './placeholder.ts'

const whole = { x: 0, y: 0, width: 1, height: 1 }

/** 32 × 20 px: the left half one colour, the right half another. */
function twoHalves(left: readonly number[], right: readonly number[]): RgbRaster {
  const pixels = Array.from({ length: 32 * 20 }, (_, index) => (index % 32 < 16 ? left : right))
  return { width: 32, height: 20, data: Uint8Array.from(pixels.flat()) }
}

const redBlue = twoHalves([200, 30, 20], [20, 40, 180])

describe('dominantColour', () => {
  test('is the colour of a plain part', () => {
    expect(dominantColour(redBlue, { x: 0, y: 0, width: 0.4, height: 1 })).toBe('#c81e14')
    expect(dominantColour(redBlue, { x: 0.6, y: 0.2, width: 0.4, height: 0.5 })).toBe('#1428b4')
  })

  test('lies perceptually between black and white', () => {
    const grey = Number.parseInt(dominantColour(twoHalves([0, 0, 0], [255, 255, 255]), whole).slice(1, 3), 16)
    expect(grey).toBeGreaterThan(85)
    expect(grey).toBeLessThan(125)
  })

  test('copes with one pixel and with none', () => {
    expect(dominantColour({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3) }, whole)).toBe('#010203')
    expect(dominantColour({ width: 0, height: 0, data: new Uint8Array() }, whole)).toBe('#808080')
  })
})

describe('planPlaceholder', () => {
  const crops = [
    { media: '(min-width: 1024px)', rect: { x: 0, y: 0, width: 0.4, height: 1 } },
    { media: '(min-width: 640px)', rect: { x: 0.2, y: 0, width: 0.6, height: 1 } },
    { rect: { x: 0.6, y: 0, width: 0.4, height: 1 } },
  ]

  test.each([1, 2, 3])('takes at most 400 bytes for each of %d crops', (count) => {
    const { style } = planPlaceholder(crops.slice(-count), redBlue, '1a2b3c4d')
    expect(style.length).toBeLessThanOrEqual(400 * count)
  })

  test('has its colours inline for a single crop', () => {
    const { style, className, colour } = planPlaceholder(crops.slice(-1), redBlue, '1a2b3c4d')
    expect(className).toBe('hero-1a2b3c4d')
    expect(colour).toBe('#1428b4')
    expect(style).toContain(`background-color:${colour};background-image:radial-gradient(`)
    expect(style).not.toContain('var(')
  })

  test('writes the default crop first and the first of the picture last, so that the cascade agrees with <picture>', () => {
    const { style, colour } = planPlaceholder(crops, redBlue, 'x')
    expect(style.indexOf(colour)).toBeLessThan(style.indexOf('@media (min-width: 640px)'))
    expect(style.indexOf('(min-width: 640px)')).toBeLessThan(style.indexOf('(min-width: 1024px)'))
    expect(style.slice(style.indexOf('(min-width: 1024px)'))).toContain('background-color:#c81e14')
    expect(style.split('radial-gradient').length - 1).toBe(7)
  })

  test('paints each side in the colour that lies there', () => {
    const { style } = planPlaceholder([{ rect: whole }], redBlue, 'x')
    const at = (place: string) => style.split(`at ${place},#`)[1]?.slice(0, 6) ?? ''
    const [left, right] = [at('0 0'), at('100% 0')].map(
      (hex) => Number.parseInt(hex.slice(0, 2), 16) - Number.parseInt(hex.slice(4), 16),
    )
    expect(left).toBeGreaterThan(120)
    expect(right).toBeLessThan(-120)
  })

  test('a plain picture gets a plain preview', () => {
    const { style } = planPlaceholder([{ rect: whole }], twoHalves([90, 120, 60], [90, 120, 60]), 'x')
    expect(new Set(style.match(/#[\da-f]{6}/g))).toEqual(new Set(['#5a783c']))
  })

  test('makes a safe class name of any seed', () => {
    const { className } = planPlaceholder([{ rect: whole }], redBlue, 'a b{}.ü')
    expect(className).toMatch(/^hero-[\w-]+$/)
    expect(className).not.toBe(planPlaceholder([{ rect: whole }], redBlue, 'a b{}.ö').className)
  })
})
