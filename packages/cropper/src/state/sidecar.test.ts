import { describe, expect, test } from 'vitest'
import { withFocus, withLimits, withoutDecisions, withRect, withText } from './decide.ts'
import { rectOf, textOf } from './lookup.ts'
import { tidy } from './tidy.ts'

const wide = { name: 'wide', ratio: 16 / 9 }
const tall = { name: 'tall', ratio: 0.8 }
const rect = { x: 0.1, y: 0.1, width: 0.5, height: 0.5 }
const other = { ...rect, x: 0.2 }

describe('what holds for a crop', () => {
  test('its name comes before its ratio, however that is written', () => {
    expect(rectOf({ crops: { '16:9': rect, wide: other } }, wide)).toBe(other)
    for (const key of ['16:9', '16/9', '1.78']) expect(rectOf({ crops: { [key]: rect } }, wide)).toBe(rect)
    expect(rectOf({ crops: { '16:9': rect } }, tall)).toBeUndefined()
    expect(rectOf({ crops: { '16:9': rect } }, { name: 'constructor', ratio: 0 })).toBeUndefined()
  })

  test('a text zone for all crops, or for each', () => {
    expect(textOf({ text: 'left' }, tall)).toBe('left')
    expect(textOf({ text: rect }, tall)).toBe(rect)
    expect(textOf({ text: { wide: 'top' } }, tall)).toBeUndefined()
    expect(textOf({ text: { wide: 'top' } }, wide)).toBe('top')
  })
})

describe('decisions', () => {
  test('are made and taken back', () => {
    const focus = { x: 0.5, y: 0.5 }
    expect(withFocus({ alt: 'a' }, focus)).toEqual({ alt: 'a', focus })
    expect(withFocus({ alt: 'a', focus }, undefined)).toEqual({ alt: 'a' })
    expect(withLimits({ limits: rect }, undefined)).toEqual({})
    expect(withRect({ crops: { tall: rect } }, wide, other)).toEqual({ crops: { tall: rect, wide: other } })
  })

  test('a rectangle that holds by ratio is taken back by ratio', () => {
    expect(withRect({ crops: { '16:9': rect, tall: rect } }, wide, undefined)).toEqual({ crops: { tall: rect } })
  })

  test('a zone said for all crops stays with the others', () => {
    expect(withText({ text: 'left' }, wide, 'top', [wide, tall])).toEqual({ text: { wide: 'top', tall: 'left' } })
    expect(withText({ text: 'left' }, wide, undefined, [wide, tall])).toEqual({ text: { tall: 'left' } })
  })

  test('all go at once, except words', () => {
    expect(
      withoutDecisions({ alt: 'a', focus: { x: 1, y: 1 }, crops: { wide: rect }, text: 'left', zoom: 0.7 }),
    ).toEqual({
      alt: 'a',
    })
  })
})

describe('a sidecar as it is written', () => {
  test('is rounded and ordered, carries the hash of the photo, and is written as it is', () => {
    const written = tidy(
      { alt: ' a ', crops: { wide: { x: 1 / 3, y: 0, width: 2 / 3, height: 1 } }, focus: { x: 0.123456, y: 0.5 } },
      'f00',
    )
    expect(JSON.stringify(written)).toBe(
      '{"focus":{"x":0.1235,"y":0.5},"crops":{"wide":{"x":0.3333,"y":0,"width":0.6667,"height":1}},"alt":"a","photo":"f00"}',
    )
    expect(tidy(written, 'f00')).toEqual(written)
  })

  test('is empty when nobody decided anything', () => {
    expect(tidy({ photo: 'f00', crops: {}, text: {}, alt: ' ' }, 'f00')).toEqual({})
  })

  test('keeps zones that hold for all crops', () => {
    expect(tidy({ text: 'left' }, undefined)).toEqual({ text: 'left' })
    expect(tidy({ text: rect }, undefined)).toEqual({ text: rect })
  })
})
