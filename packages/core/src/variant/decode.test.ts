import { describe, expect, it } from 'vitest'
import type { Rect, Variant } from '../types.ts'
import { placeOnCanvas, planCanvas } from './decode.ts'

const photo = { width: 6000, height: 4000 }
const variant = (rect: Rect, width: number): Variant => ({
  name: '',
  key: '',
  source: '',
  format: 'webp',
  rect,
  width,
  height: Math.round((width * rect.height) / rect.width),
  encoder: { quality: 80, effort: 4 },
  colour: 'srgb',
  frames: 1,
  alpha: false,
  depth: 8,
  gainMap: false,
  metadata: 'none',
  allowTruncated: false,
})

describe('planCanvas', () => {
  it('is as large as the neediest crop asks, and no larger', () => {
    const wide = { left: 0, top: 500, width: 6000, height: 3000 }
    const tall = { left: 1000, top: 0, width: 3200, height: 4000 }
    const { size, region } = planCanvas(photo, [variant(wide, 1920), variant(tall, 640)])
    expect(size).toEqual({ width: 1920, height: 1280 })
    expect(region).toEqual({ left: 0, top: 0, width: 1920, height: 1280 })
  })

  it('keeps the photo as it is when nearly all its pixels are needed, cut to what is used', () => {
    const rect = { left: 1000, top: 300, width: 2000, height: 1000 }
    expect(planCanvas(photo, [variant(rect, 1900)])).toEqual({ size: photo, region: rect })
  })
})

describe('placeOnCanvas', () => {
  it('cuts the neediest crop without scaling it again', () => {
    const rect = { left: 7, top: 3, width: 5987, height: 2993 }
    const target = variant(rect, 1920)
    const plan = planCanvas(photo, [target])
    const place = placeOnCanvas({ ...plan, photo }, rect, target)
    expect([place.width, place.height]).toEqual([target.width, target.height])
  })

  it('stays inside the canvas, within a pixel of the true place, for any crop', () => {
    const small = { width: 321, height: 203 }
    for (let step = 0; step < 200; step += 1) {
      const width = 1 + ((step * 37) % 321)
      const height = 1 + ((step * 53) % 203)
      const rect = { left: (step * 11) % (322 - width), top: (step * 7) % (204 - height), width, height }
      const target = variant(rect, 1 + ((step * 29) % width))
      const plan = planCanvas(small, [target])
      const place = placeOnCanvas({ ...plan, photo: small }, rect, target)
      expect(place.left).toBeGreaterThanOrEqual(0)
      expect(place.top).toBeGreaterThanOrEqual(0)
      expect(place.left + place.width).toBeLessThanOrEqual(plan.region.width)
      expect(place.top + place.height).toBeLessThanOrEqual(plan.region.height)
      const trueLeft = (rect.left * plan.size.width) / small.width
      expect(Math.abs(plan.region.left + place.left - trueLeft)).toBeLessThanOrEqual(1.5)
    }
  })
})
