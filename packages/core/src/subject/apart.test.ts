import { expect, test } from 'vitest'
import { findApart } from './apart.ts'
import type { Tensor } from './network/program.ts'

/** Features of 6×6 cells: two numbers each, and two that pad them. */
const look = (featureOf: (x: number, y: number) => readonly [number, number]): Tensor => ({
  width: 6,
  height: 6,
  channels: 2,
  stride: 4,
  values: Float32Array.from({ length: 6 * 6 * 4 }, (_, at) => {
    const cell = Math.floor(at / 4)
    const [first, second] = featureOf(cell % 6, Math.floor(cell / 6))
    return [first, second, 99 * cell, 0][at % 4] ?? 0
  }),
})
const mirror = (tensor: Tensor): Tensor =>
  look((x, y) => {
    const at = (y * 6 + 5 - x) * 4
    return [tensor.values[at] ?? 0, tensor.values[at + 1] ?? 0]
  })

test('what resembles nothing at the edge stands apart, however many kinds of edge there are', () => {
  const scene = look((x, y) => (x === 2 && y === 3 ? [5, 5] : y < 3 ? [0, 9] : [9, 0]))
  const { width, height, data } = findApart(scene, mirror(scene))
  expect([width, height]).toEqual([18, 18])
  expect(data[10 * 18 + 7]).toBe(255)
  expect(data[10 * 18 + 1]).toBe(0)
  expect(data[4 * 18 + 13]).toBe(0)
})

test('what reaches the edge in one place stands apart all the same', () => {
  const scene = look((x, y) => (x === 2 && y > 1 ? [5, 5] : [0, 9]))
  const { data } = findApart(scene, mirror(scene))
  expect(data[10 * 18 + 7]).toBe(255)
  expect(data[16 * 18 + 7]).toBe(255)
})

test('mirrored looks give the mirrored map', () => {
  const scene = look((x, y) => [Math.sin(3 * x + y), Math.cos(x * y)])
  const other = look((x, y) => [Math.cos(x - 2 * y), Math.sin(x + y * y)])
  const { data } = findApart(scene, other)
  const back = findApart(other, scene).data
  for (let cell = 0; cell < data.length; cell++) expect(back[cell + 17 - 2 * (cell % 18)]).toBe(data[cell])
})

test('a picture of one kind has nothing apart', () => {
  const scene = look(() => [1, 2])
  expect(new Set(findApart(scene, scene).data)).toEqual(new Set([0]))
})
