import { describe, expect, test } from 'vitest'
import { parseSidecar } from './sidecar.ts'
import { formatSidecar, type Sidecar } from './sidecar-text.ts'

const read = (sidecar: Sidecar): Sidecar => parseSidecar(formatSidecar(sidecar), 'hero.jpg.hero.json')

test('one line for each decision, in an order that does not depend on who wrote it', () => {
  const photo = 'ab'.repeat(32)
  expect(
    formatSidecar({
      photo,
      alt: 'A wren, “singing”',
      text: { tall: 'top', '16:9': { x: 0, y: 0, width: 0.4, height: 1 } },
      crops: { wide: { height: 0.5, width: 1, y: 0.1, x: 0 }, tall: { x: 0.123_456, y: 0, width: 0.4, height: 1 } },
      zoom: 0.8,
      limits: { x: 0, y: 0, width: 1, height: 0.9 },
      focus: { x: 1 / 3, y: 0.6, width: 0.2, height: 0.3 },
    }),
  ).toBe(`{
  "$schema": "https://unpkg.com/@hero-image/core/sidecar.schema.json",
  "focus": { "x": 0.3333, "y": 0.6, "width": 0.2, "height": 0.3 },
  "limits": { "x": 0, "y": 0, "width": 1, "height": 0.9 },
  "crops": {
    "tall": { "x": 0.1235, "y": 0, "width": 0.4, "height": 1 },
    "wide": { "x": 0, "y": 0.1, "width": 1, "height": 0.5 }
  },
  "text": {
    "16:9": { "x": 0, "y": 0, "width": 0.4, "height": 1 },
    "tall": "top"
  },
  "zoom": 0.8,
  "alt": "A wren, “singing”",
  "photo": "${photo}"
}
`)
})

test('a point is no ellipse; what is empty is left out; an empty alt means decoration', () => {
  expect(read({ focus: { x: 0.5, y: 0.5, width: 0, height: 0 }, crops: {}, text: {} })).toEqual({
    focus: { x: 0.5, y: 0.5 },
  })
  expect(read({ alt: '' })).toEqual({ alt: '' })
})

test('an ellipse as wide as it is flat keeps its width', () => {
  expect(read({ focus: { x: 0.5, y: 0.5, width: 0.4 } }).focus).toEqual({ x: 0.5, y: 0.5, width: 0.4, height: 0 })
  expect(read({ focus: { x: 0.5, y: 0.5, width: 0, height: 0.4 } }).focus).toMatchObject({ width: 0, height: 0.4 })
})

describe('rounding', () => {
  test.each([
    ['up over the edge', { x: 0.333_35, y: 0, width: 0.666_65, height: 1 }],
    ['to nothing', { x: 0.5, y: 0.999_99, width: 0.000_01, height: 0.000_01 }],
    ['at the edge', { x: 1 - 1e-9, y: 0, width: 1e-9, height: 1 }],
  ])('%s still gives a rectangle inside the photo', (_what, wide) => {
    const { crops } = read({ crops: { wide } })
    const { x, width } = crops?.wide ?? { x: 9, width: 9 }
    expect(x + width).toBeLessThanOrEqual(1.000_001)
    expect(Math.abs(x - wide.x)).toBeLessThanOrEqual(1e-4)
  })

  test('a second time changes nothing', () => {
    for (let turn = 0; turn < 200; turn += 1) {
      const [a, b] = [(turn * 0.618_034) % 1, (turn * 0.414_214) % 1]
      const once = read({
        focus: { x: a, y: b },
        limits: { x: a * b, y: 0, width: 1 - a * b, height: Math.max(b, 0.01) },
      })
      expect(read(once)).toEqual(once)
    }
  })
})
