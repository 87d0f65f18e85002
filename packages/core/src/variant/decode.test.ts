import { describe, expect, it } from 'vitest'
import { plainVariant } from '../../test/fixtures/variant.ts'
import type { Rect, Variant } from '../types.ts'
import { placeOnCanvas, planCanvases } from './decode.ts'

const photo = { width: 6000, height: 4000 }
const variant = (rect: Rect, width: number): Variant => ({
  ...plainVariant,
  rect,
  width,
  height: Math.round((width * rect.height) / rect.width),
})

const wide = { left: 0, top: 500, width: 6000, height: 3000 }
const tall = { left: 1000, top: 0, width: 3200, height: 4000 }

describe('planCanvases', () => {
  it('draws from half the photo what needs no more', () => {
    const [only, ...more] = planCanvases(photo, [variant(wide, 3000), variant(tall, 640)])
    expect(only?.plan).toEqual({
      size: { width: 3000, height: 2000 },
      region: { left: 0, top: 0, width: 3000, height: 2000 },
      isShrunk: false,
    })
    expect(more).toEqual([])
  })

  it('draws the larger ones from the photo as it is, cut to what is used', () => {
    const rect = { left: 1000, top: 300, width: 2000, height: 1000 }
    const [whole, half] = planCanvases(photo, [variant(rect, 1001), variant(rect, 1000)])
    expect(whole?.plan).toEqual({ size: photo, region: rect, isShrunk: false })
    expect(half?.plan).toEqual({
      size: { width: 3000, height: 2000 },
      region: { left: 0, top: 0, width: 3000, height: 2000 },
      isShrunk: false,
    })
    expect([whole, half].map((share) => share?.variants.map(({ width }) => width))).toEqual([[1001], [1000]])
  })

  it('shrinks the half of an ordinary photo from the whole, which is decoded once for both', () => {
    const ordinary = { width: 3200, height: 2400 }
    const rect = { left: 1000, top: 300, width: 2000, height: 1000 }
    const all = { left: 0, top: 0, width: 3200, height: 2400 }
    const [whole, half] = planCanvases(ordinary, [variant(rect, 1001), variant(rect, 1000)])
    expect(whole?.plan).toEqual({ size: ordinary, region: all, isShrunk: false })
    expect(half?.plan).toMatchObject({ size: { width: 1600, height: 1200 }, isShrunk: true })
    expect(planCanvases(ordinary, [variant(rect, 1000)])).toEqual([half])
    expect(planCanvases(ordinary, [variant(rect, 1001)])[0]?.plan.region).toEqual(rect)
  })

  it('gives a variant the same pixels whatever else is drawn', () => {
    const one = variant(tall, 900)
    const sizeFor = (others: readonly Variant[]) =>
      planCanvases(photo, [...others, one]).find(({ variants }) => variants.includes(one))?.plan.size
    expect(sizeFor([])).toEqual(sizeFor([variant(wide, 5000), variant(tall, 100)]))
  })
})

describe('placeOnCanvas', () => {
  it('cuts a crop that is within a pixel of its size without scaling it', () => {
    const rect = { left: 7, top: 3, width: 3841, height: 1921 }
    const target = { rect, width: 1920, height: 960 }
    const place = placeOnCanvas(photo, { width: 3000, height: 2000 }, target)
    expect(place).toEqual({ left: 4, top: 2, width: 1920, height: 960 })
  })

  it('stays inside the canvas, within a pixel of the true place, for any crop', () => {
    const small = { width: 321, height: 203 }
    for (let step = 0; step < 200; step += 1) {
      const width = 1 + ((step * 37) % 321)
      const height = 1 + ((step * 53) % 203)
      const rect = { left: (step * 11) % (322 - width), top: (step * 7) % (204 - height), width, height }
      const target = variant(rect, 1 + ((step * 29) % width))
      const [share] = planCanvases(small, [target])
      const size = share?.plan.size ?? small
      const place = placeOnCanvas(small, size, target)
      if (size === small) expect(share?.plan.region).toEqual(place)
      expect(place.left).toBeGreaterThanOrEqual(0)
      expect(place.top).toBeGreaterThanOrEqual(0)
      expect(place.left + place.width).toBeLessThanOrEqual(size.width)
      expect(place.top + place.height).toBeLessThanOrEqual(size.height)
      expect(Math.abs(place.left - (rect.left * size.width) / small.width)).toBeLessThanOrEqual(1.5)
    }
  })
})
