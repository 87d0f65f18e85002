import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameCanvas, frameRatio, type SizeRule } from './sizes.ts'

const free: SizeRule = { kind: 'free', step: 16, minSide: 256, maxSide: 1440, maxPixels: 1_600_000 }
const listed: SizeRule = {
  kind: 'listed',
  sizes: [
    { width: 1024, height: 1024 },
    { width: 1536, height: 1024 },
    { width: 1024, height: 1536 },
  ],
}

test('a listed size is the one of which the canvas fills most', () => {
  expect(frameCanvas(listed, { width: 3000, height: 2000 })).toEqual({
    size: { width: 1536, height: 1024 },
    frame: { left: 0, top: 0, width: 1536, height: 1024 },
  })
  expect(frameCanvas(listed, { width: 800, height: 1000 })?.frame).toEqual({
    left: 0,
    top: 128,
    width: 1024,
    height: 1280,
  })
})

test('free sizes keep every limit and the ratio, or there is none', () => {
  const side = fc.integer({ min: 1, max: 20_000 })
  fc.assert(
    fc.property(side, side, (width, height) => {
      const drawn = frameCanvas(free, { width, height })
      if (drawn === undefined) {
        // Nothing within the limits has that ratio.
        expect(Math.max(width / height, height / width)).toBeGreaterThan(5)
        return
      }
      const { size } = drawn
      for (const each of [size.width, size.height]) {
        expect(each % 16).toBe(0)
        expect(each).toBeGreaterThanOrEqual(256)
        expect(each).toBeLessThanOrEqual(1440)
      }
      expect(size.width * size.height).toBeLessThanOrEqual(1_600_000)
      expect(Math.abs(Math.log(size.width / size.height / (width / height)))).toBeLessThan(0.1)
    }),
    { numRuns: 2000 },
  )
})

test('a picture of a ratio is as large as about so many pixels', () => {
  const drawn = frameRatio(free, 1.5, 1_000_000)
  expect(drawn?.size).toEqual({ width: 1232, height: 816 })
  expect(drawn && drawn.frame.width / drawn.frame.height).toBeCloseTo(1.5, 2)
})
