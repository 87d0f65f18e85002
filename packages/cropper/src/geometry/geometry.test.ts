import { describe, expect, test } from 'vitest'
import { automaticFocus, dragEllipse, toEllipse, toFocus } from './ellipse.ts'
import { type Grip, placeOf, stepFor } from './grip.ts'
import { dragRect, moveInside, whole, withWidth } from './rect.ts'

const rect = { x: 0.2, y: 0.3, width: 0.4, height: 0.2 }
const free = { within: whole, least: 0.05 }
const close = (value: number) => expect.closeTo(value, 9)

describe('a rectangle that is free in its ratio', () => {
  test.each<[Grip, object]>([
    ['move', { x: 0.3, y: 0.35, width: 0.4, height: 0.2 }],
    ['e', { x: 0.2, y: 0.3, width: 0.5, height: 0.2 }],
    ['w', { x: 0.3, y: 0.3, width: 0.3, height: 0.2 }],
    ['n', { x: 0.2, y: 0.35, width: 0.4, height: 0.15 }],
    ['s', { x: 0.2, y: 0.3, width: 0.4, height: 0.25 }],
    ['nw', { x: 0.3, y: 0.35, width: 0.3, height: 0.15 }],
    ['se', { x: 0.2, y: 0.3, width: 0.5, height: 0.25 }],
  ])('pulled at %s', (grip, expected) => {
    const moved = dragRect(rect, grip, { dx: 0.1, dy: 0.05 }, free)
    for (const [side, value] of Object.entries(expected)) expect(moved).toHaveProperty(side, close(value))
  })

  test('never leaves the frame and never vanishes', () => {
    expect(dragRect(rect, 'move', { dx: 9, dy: 9 }, free)).toEqual({ x: 0.6, y: 0.8, width: 0.4, height: 0.2 })
    expect(dragRect(rect, 'e', { dx: -9, dy: 0 }, free).width).toBeCloseTo(0.05)
    expect(dragRect(rect, 'nw', { dx: -9, dy: -9 }, free)).toMatchObject({ x: 0, y: 0 })
  })
})

describe('a rectangle that keeps its ratio', () => {
  const rules = { ...free, ratio: 2 }
  test.each<[Grip, 'x' | 'y', number]>([
    ['se', 'x', 0.2],
    ['nw', 'x', 0.6],
    ['ne', 'y', 0.5],
    ['sw', 'y', 0.3],
  ])('pulled at %s keeps the opposite corner', (grip, axis, anchor) => {
    const pulled = dragRect(rect, grip, { dx: 0.04, dy: 0.06 }, rules)
    expect(pulled.width / pulled.height).toBeCloseTo(2)
    const held = placeOf(grip)[axis] === 1 ? pulled[axis] : pulled[axis] + pulled[axis === 'x' ? 'width' : 'height']
    expect(held).toBeCloseTo(anchor)
  })

  test('grows only as far as the frame allows', () => {
    const pulled = dragRect(rect, 'se', { dx: 5, dy: 0 }, rules)
    expect(pulled.x + pulled.width).toBeCloseTo(1)
    expect(pulled.width / pulled.height).toBeCloseTo(2)
  })

  test('stays inside limits', () => {
    const within = { x: 0.1, y: 0.1, width: 0.6, height: 0.6 }
    expect(dragRect(rect, 'move', { dx: -1, dy: -1 }, { ...rules, within })).toMatchObject({ x: 0.1, y: 0.1 })
    expect(moveInside(whole, within)).toEqual(within)
  })

  test('takes a width around its centre', () => {
    expect(withWidth(rect, 0.2, 2, whole, 0.05)).toEqual({
      x: close(0.3),
      y: close(0.35),
      width: close(0.2),
      height: close(0.1),
    })
    expect(withWidth(rect, 7, 2, whole, 0.05)).toMatchObject({ x: 0, width: 1, height: 0.5 })
  })
})

describe('the focus', () => {
  const ellipse = { x: 0.5, y: 0.5, width: 0.2, height: 0.1 }

  test('is resized around its centre', () => {
    expect(dragEllipse(ellipse, 'e', { dx: 0.05, dy: 0.4 })).toEqual({ ...ellipse, width: close(0.3) })
    expect(dragEllipse(ellipse, 'n', { dx: 0.4, dy: -0.05 })).toEqual({ ...ellipse, height: close(0.2) })
    expect(dragEllipse(ellipse, 'w', { dx: 1, dy: 0 }).width).toBe(0.02)
  })

  test('stays in the photo', () => {
    expect(dragEllipse(ellipse, 'move', { dx: 1, dy: -1 })).toEqual({ ...ellipse, x: 1, y: 0 })
  })

  test('is drawn as a mark where it is a point', () => {
    expect(toEllipse({ x: 0.1, y: 0.2 })).toEqual({ x: 0.1, y: 0.2, width: 0.12, height: 0.12 })
  })

  test('that is a point stays one until it is given a size', () => {
    const point = { x: 0.1, y: 0.2 }
    const drawn = toEllipse(point)
    expect(toFocus(dragEllipse(drawn, 'move', { dx: 0.1, dy: 0 }), point)).toEqual({ x: close(0.2), y: 0.2 })
    expect(toFocus(dragEllipse(drawn, 'e', { dx: 0.1, dy: 0 }), point)).toMatchObject({ width: close(0.32) })
  })

  test('begins around all faces, else around the weightiest box, else in the middle', () => {
    const person = { kind: 'person', weight: 1, box: { x: 0.1, y: 0.2, width: 0.2, height: 0.6 } }
    const face = (x: number) => ({ kind: 'face', weight: 0.5, box: { x, y: 0.2, width: 0.1, height: 0.1 } })
    expect(automaticFocus({ by: 'faces', boxes: [person, face(0.2), face(0.5)] })).toEqual({
      x: close(0.4),
      y: close(0.25),
      width: close(0.4),
      height: close(0.1),
    })
    expect(automaticFocus({ by: 'person', boxes: [person] })).toMatchObject({ x: close(0.2), y: close(0.5) })
    expect(automaticFocus({ by: 'centre', boxes: [] })).toEqual({ x: 0.5, y: 0.5 })
  })
})

describe('keys', () => {
  const press = (key: string, held: object = {}) =>
    stepFor({ key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...held })

  test('arrows go 1 %, with Shift 5 %, with Alt 0.1 %', () => {
    expect(press('ArrowRight')).toEqual({ dx: 0.01, dy: 0 })
    expect(press('ArrowUp', { shiftKey: true })).toEqual({ dx: 0, dy: -0.05 })
    expect(press('ArrowDown', { altKey: true })).toEqual({ dx: 0, dy: 0.001 })
  })

  test('others are left to the page', () => {
    expect(press('Tab')).toBeUndefined()
    expect(press('toString')).toBeUndefined()
    expect(press('ArrowLeft', { metaKey: true })).toBeUndefined()
  })
})
